package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A projection that was built anew while events came in is exactly the truth. */
@ExtendWith(PuckExtension.class)
class ResyncIT {
  private static final int RESYNCS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed = System.nanoTime();
  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    System.out.println("Resync seed " + seed);
    playground = new Playground(environment, 6);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  @Test
  void shouldEqualTheTruthAfterManyResyncsUnderLoad() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed);
        Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
      Playground.awaitReady(projector);

      // When
      for (int i = 0; i < RESYNCS; i++) {
        resync(projector);
      }
      traffic.end();

      // Then
      awaitTruth(projector);
      assertThat(traffic.events()).isGreaterThan(1_000);
    }
  }

  @Test
  void shouldStayExactWhereProcessesShareTheSummary() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed);
        Projector first = playground.startWithTruth(SourceTraffic.truth());
        Projector second = playground.startWithTruth(SourceTraffic.truth())) {
      Playground.awaitReady(first);
      Playground.awaitReady(second);

      // When
      for (int i = 0; i < 5; i++) {
        Playground.post(first, "/resync/counters");
        resync(second);
      }
      traffic.end();

      // Then
      awaitTruth(first);
      awaitTruth(second);
    }
  }

  @Test
  void shouldMendWhatDrifted() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed);
        Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
      Playground.awaitReady(projector);
      await().atMost(PATIENCE).until(() -> !playground.table().isEmpty());

      // When
      Sql.run(
          playground.connection,
          """
          update twcache.counters set rts = rts + 7 where messageid % 3 = 0;
          delete from twcache.counters where messageid % 5 = 1;
          insert into twcache.counters values (1000001, 1, 1);
          """);
      resync(projector);
      traffic.end();

      // Then
      awaitTruth(projector);
    }
  }

  @Test
  void shouldKeepWhatWasBuiltFromTheTruthThroughARestart() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed)) {
      try (Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
        Playground.awaitReady(projector);
        resync(projector);
      }

      // When the next one comes while events that the truth had are still under way
      try (Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
        Playground.awaitReady(projector);
        traffic.end();

        // Then
        awaitTruth(projector);
      }
    }
  }

  @Test
  void shouldSayWhatCannotBeBuilt() throws Exception {
    try (Projector projector = playground.startSummary()) {
      HttpResponse<String> answer = Playground.post(projector, "/resync/counters");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("counters", "truth");
    }
  }

  /** Until both projections have been built once more. */
  private static void resync(Projector projector) throws Exception {
    Map<String, Long> before = completed(projector);
    assertThat(Playground.post(projector, "/resync/counters").statusCode()).isEqualTo(202);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                completed(projector).entrySet().stream()
                    .allMatch(each -> each.getValue() > before.getOrDefault(each.getKey(), 0L)));
  }

  private static Map<String, Long> completed(Projector projector) throws Exception {
    Map<String, Long> completed = new TreeMap<>();
    JsonNode status = JSON.readTree(Playground.get(projector, "/resync").body());
    for (JsonNode each : status.path("resyncs")) {
      completed.put(each.path("kind").asText(), each.path("completed").asLong());
    }
    assertThat(completed).containsOnlyKeys("reducer", "summary");
    return completed;
  }

  private void awaitTruth(Projector projector) throws Exception {
    Map<Long, Counters> truth = truth();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(playground.table()).containsExactlyInAnyOrderEntriesOf(truth);
              ReducerProjection<?> reducer = projector.reducer("counters");
              truth.forEach(
                  (messageid, counters) ->
                      assertThat(reducer.get(Long.toString(messageid)))
                          .as("message %s", messageid)
                          .isEqualTo(counters));
            });
  }

  private Map<Long, Counters> truth() throws Exception {
    Map<Long, Counters> truth = new TreeMap<>();
    try (Connection connection = playground.newConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SourceTraffic.truth())) {
      while (rows.next()) {
        truth.put(rows.getLong(1), new Counters(rows.getLong(2), rows.getLong(3)));
      }
    }
    assertThat(truth).isNotEmpty();
    return truth;
  }
}
