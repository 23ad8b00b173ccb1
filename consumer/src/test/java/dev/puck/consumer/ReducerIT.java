package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.client.CacheClient;
import dev.puck.client.CacheRead;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class ReducerIT {
  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 4);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  @Test
  void shouldWarmFromTheSummaryAndCountNothingTwice() throws Exception {
    // Given
    playground.send(5_000);
    try (Projector projector = playground.startAll()) {
      playground.awaitExactTable();
      awaitExact(projector);
    }
    playground.send(1_000);

    // When
    try (Projector restarted = playground.startAll()) {
      // Then
      awaitExact(restarted);
      playground.awaitExactTable();
      assertThat(restarted.status().projections().get(0).events()).isBetween(0L, 1_000L);

      // And
      playground.send(1_000);
      awaitExact(restarted);
    }
  }

  @Test
  void shouldBeCompleteInEachProcessWithoutADatabase() throws Exception {
    // Given
    playground.send(2_000);

    // When
    try (Projector one = playground.startCache(CounterReducer.class);
        Projector other = playground.startCache(CounterReducer.class)) {
      playground.send(2_000);

      // Then
      awaitExact(one);
      awaitExact(other);
    }
  }

  @Test
  void shouldAnswerOverHttp() throws Exception {
    // Given
    playground.sendOne(3, 2, 1);
    playground.flush();
    try (Projector projector = playground.startCache(GatedReducer.class)) {
      // While it is warming
      HttpResponse<String> warming = Playground.get(projector, "/caches/counters/3");
      assertThat(warming.statusCode()).isEqualTo(503);
      assertThat(warming.body()).startsWith("{\"error\":\"warming");
      assertThat(CacheClient.of(URI.create(projector.url())).get("counters", "3"))
          .isInstanceOf(CacheRead.Warming.class);
      assertThat(Playground.get(projector, "/health/ready").statusCode()).isEqualTo(503);

      // When
      GatedReducer.GATE.countDown();
      Playground.awaitReady(projector);

      // Then
      HttpResponse<String> value = Playground.get(projector, "/caches/counters/3");
      assertThat(value.statusCode()).isEqualTo(200);
      assertThat(value.body()).isEqualTo("{\"rts\":2,\"favs\":1}");
      assertThat(Playground.get(projector, "/caches/counters/4").statusCode()).isEqualTo(404);
      assertThat(Playground.get(projector, "/caches/elsewhere/3").body())
          .isEqualTo("{\"error\":\"no cache is named 'elsewhere'\"}");
      assertThat(Playground.get(projector, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldShowStatusAndMetrics() throws Exception {
    // Given
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      Playground.awaitReady(projector);

      // When
      playground.send(10);
      playground.send(playground.record(0, null, "{\"messageid\":1}"));
      playground.send(playground.record(0, "1", null));
      playground.flush();
      awaitExact(projector);
      await()
          .until(
              () ->
                  projector.status().projections().get(0).deadLetters() == 1
                      && metrics(projector).contains("tombstones_total{kind=\"reducer\","));

      // Then
      assertThat(metrics(projector))
          .contains(
              "puck_consumer_events_total{kind=\"reducer\",projection=\"counters\"} 10.0",
              "puck_consumer_dead_letters_total{kind=\"reducer\",projection=\"counters\"} 1.0",
              "puck_consumer_gaps_total{kind=\"reducer\",projection=\"counters\"} 0.0",
              "puck_consumer_lag_records{kind=\"reducer\",projection=\"counters\"} 0.0",
              "puck_consumer_staleness_seconds_bucket{kind=\"reducer\",projection=\"counters\",le=\"0.5\"}",
              "puck_consumer_apply_seconds_count{kind=\"reducer\",projection=\"counters\"}",
              "puck_consumer_state{kind=\"reducer\",projection=\"counters\",state=\"serving\"} 1.0");
      assertThat(Playground.get(projector, "/status").body())
          .contains(
              "\"name\":\"counters\"",
              "\"kind\":\"reducer\"",
              "\"state\":\"serving\"",
              "\"lag\":0",
              "\"deadLetters\":1",
              "\"stalenessSeconds\":");
    }
  }

  private static String metrics(Projector projector) throws Exception {
    return Playground.get(projector, "/metrics").body();
  }

  @Test
  void shouldReadPartitionsThatAreAddedLater() throws Exception {
    // Given
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      Playground.awaitReady(projector);

      // When
      try (Admin admin = playground.admin()) {
        admin.createPartitions(Map.of(playground.topic, NewPartitions.increaseTo(5))).all().get();
      }
      playground.send(playground.record(4, "77", "{\"messageid\":77,\"rts\":5}"));
      playground.flush();

      // Then
      await()
          .atMost(Playground.PATIENCE)
          .until(() -> new Counters(5, 0).equals(projector.reducer("counters").get("77")));
    }
  }

  @Test
  void shouldTellOfADefectInsteadOfDyingSilently() throws Exception {
    // Given
    playground.send(1);

    // When
    try (Projector projector = playground.startCache(DefectiveReducer.class)) {
      // Then
      await().until(() -> projector.status().projections().get(0).state().equals("failed"));
      assertThat(projector.status().projections().get(0).error()).contains("not written yet");
      assertThat(Playground.get(projector, "/health/ready").body()).contains("not written yet");
      assertThat(Playground.get(projector, "/caches/counters/1").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void shouldKnowItsCachesByName() {
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      assertThatThrownBy(() -> projector.reducer("counter"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("counters");
    }
  }

  /** Every message's counters are in the cache, and equal what was sent. */
  private void awaitExact(Projector projector) {
    ReducerProjection<?> cache = projector.reducer("counters");
    await()
        .atMost(Playground.PATIENCE)
        .untilAsserted(
            () -> {
              Map<Long, Object> values = new TreeMap<>();
              playground
                  .expected()
                  .keySet()
                  .forEach(key -> values.put(key, String.valueOf(cache.get(key.toString()))));
              Map<Long, Object> wanted = new TreeMap<>();
              playground.expected().forEach((key, value) -> wanted.put(key, value.toString()));
              assertThat(values).isEqualTo(wanted);
              assertThat(cache.size()).isEqualTo(wanted.size());
            });
  }
}
