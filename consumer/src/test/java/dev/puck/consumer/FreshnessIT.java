package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.client.CacheClient;
import dev.puck.client.CacheRead;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who reads with a token sees what he wrote. */
@ExtendWith(PuckExtension.class)
class FreshnessIT {
  private static final int WRITES = 200;

  private Playground playground;
  private KafkaProducer<byte[], byte[]> bridge;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 4);
    try (Admin admin = playground.admin()) {
      admin.createTopics(Set.of(new NewTopic(playground.tokenTopic(), 3, (short) 1))).all().get();
    }
    bridge =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                environment.bootstrapServers(),
                "transactional.id",
                playground.topic),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    bridge.initTransactions();
  }

  @AfterEach
  void close() throws Exception {
    bridge.close();
    playground.close();
  }

  @Test
  void shouldShowEachWriteToWhoHasItsToken() throws Exception {
    // Given
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      Playground.awaitReady(projector);

      for (int i = 1; i <= WRITES; i++) {
        // When
        String token = 700 + i + "-1767225600000000";
        write(token, Integer.toString(i % 7), "{\"messageid\":1,\"rts\":1}");

        // Then
        HttpResponse<String> read =
            Playground.get(
                projector, "/caches/counters/" + i % 7 + "?after=" + token + "&wait=20s");
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(read.body()).contains("\"rts\":" + (1 + (i - 1) / 7));
      }
    }
  }

  @Test
  void shouldAnswerWhenTheTransactionChangedNothingHere() throws Exception {
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      Playground.awaitReady(projector);
      write("800-1767225600000000", null, null);

      assertThat(
              Playground.get(
                      projector,
                      "/caches/counters/1",
                      "Puck-After",
                      "800-1767225600000000",
                      "Puck-Wait",
                      "20s")
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void shouldKnowTokensThatWerePublishedBeforeItStarted() throws Exception {
    write("801-1767225600000000", "1", "{\"messageid\":1,\"rts\":1}");
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      Playground.awaitReady(projector);

      assertThat(
              Playground.get(projector, "/caches/counters/1?after=801-1767225600000000&wait=20s")
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void shouldAnswerTheClientOfApplications() throws Exception {
    Duration wait = Duration.ofSeconds(20);
    Duration briefly = Duration.ofMillis(50);
    try (Projector reducer = playground.startCache(CounterReducer.class)) {
      CacheClient client = CacheClient.of(URI.create(reducer.url() + "/"));
      String token = "900-1767225600000000";
      String other = "901-1767225600000000";
      Playground.awaitReady(reducer);
      write(token, "{\"a\":\"b/c?\"}", "{\"messageid\":1,\"rts\":1}");

      assertThat(client.get("counters", "{\"a\":\"b/c?\"}", token, wait))
          .isInstanceOfSatisfying(
              CacheRead.Found.class,
              found -> {
                assertThat(found.value().path("rts").asInt()).isEqualTo(1);
                assertThat(found.version()).isNull();
                assertThat(found.age()).isLessThan(wait);
              });
      assertThat(client.get("counters", "none", token, wait)).isInstanceOf(CacheRead.Missing.class);
      assertThat(client.get("elsewhere", "1")).isInstanceOf(CacheRead.Missing.class);
      assertThat(client.get("counters", "1", other, briefly))
          .isInstanceOfSatisfying(
              CacheRead.Stale.class,
              stale -> assertThat(stale.missing()).contains(other, "not published"));
      assertThatThrownBy(() -> client.get("counters", "1", "x", wait))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no token");
    }
    try (Projector cache = playground.startMemoryCache()) {
      Playground.awaitReady(cache);
      playground.sendLatest("k", "{\"n\":1}");
      playground.flush();
      CacheClient client = CacheClient.of(URI.create(cache.url()));
      await()
          .untilAsserted(
              () ->
                  assertThat(client.get("latest", "k"))
                      .isInstanceOfSatisfying(
                          CacheRead.Found.class,
                          found -> assertThat(found.version()).startsWith("00000001.")));
    }
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      Playground.awaitReady(projector);

      HttpResponse<String> late =
          Playground.get(projector, "/caches/counters/1?after=802-1767225600000000&wait=50ms");
      assertThat(late.statusCode()).isEqualTo(504);
      assertThat(late.body()).contains("802-1767225600000000", "50ms", "not published");
      assertThat(Playground.get(projector, "/caches/counters/1?after=x").statusCode())
          .isEqualTo(400);
      assertThat(Playground.get(projector, "/caches/counters/1?after=1-1&wait=1").statusCode())
          .isEqualTo(400);
      assertThat(Playground.get(projector, "/caches/counters/1?after=1-1&wait=2m").body())
          .contains("30s");
      assertThat(Playground.get(projector, "/caches/elsewhere/1?after=1-1").statusCode())
          .isEqualTo(404);
    }
  }

  /** As the bridge publishes a transaction. */
  private void write(String token, @Nullable String key, @Nullable String payload)
      throws Exception {
    bridge.beginTransaction();
    if (key != null) {
      bridge.send(playground.record(null, key, payload)).get();
    }
    byte[] bytes = Playground.bytes(token);
    bridge.send(new ProducerRecord<>(playground.tokenTopic(), bytes, bytes)).get();
    bridge.commitTransaction();
  }
}
