package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.http.HttpResponse;
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
