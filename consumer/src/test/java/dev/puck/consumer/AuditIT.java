package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An audit finds what drifted, and nothing else, however busy writers are. */
@ExtendWith(PuckExtension.class)
class AuditIT {
  private static final int KEYS = Integer.getInteger("puck.audit.keys", 20_000);
  private static final int AUDITS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed = System.nanoTime();
  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    System.out.println("Audit seed " + seed);
    playground = new Playground(environment, 6);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  /** For at least three audits, and as long as {@code -Dpuck.audit.duration=PT10M} says. */
  @Test
  void shouldRaiseNoFalseAlarmUnderLoad() throws Exception {
    // Given
    Duration duration = Duration.parse(System.getProperty("puck.audit.duration", "PT0S"));
    Instant end = Instant.now().plus(duration);
    int audits = 0;
    try (SourceTraffic traffic = new SourceTraffic(playground, seed);
        Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
      Playground.awaitReady(projector);
      await().atMost(PATIENCE).until(() -> traffic.events() > 1_000);

      while (audits < AUDITS || Instant.now().isBefore(end)) {
        // When
        long before = traffic.events();
        JsonNode results = audit(projector, "");
        audits++;

        // Then
        for (JsonNode each : results) {
          assertThat(each.path("divergent").asLong()).as("%s", each).isZero();
          assertThat(each.path("exact").asBoolean()).as("%s", each).isTrue();
          assertThat(each.path("checked").asLong()).as("%s", each).isEqualTo(50);
        }
        assertThat(traffic.events()).isGreaterThan(before);
      }
      System.out.println("Audits " + audits + ", events " + traffic.events());
    }
  }

  @Test
  void shouldFindAndRepairOneWrongValueOfMany() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed)) {
      Sql.run(
          playground.connection,
          "insert into activity select id, 1, 1 from generate_series(1001, "
              + (KEYS + 950)
              + ") id");
      try (Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
        Playground.awaitReady(projector);
        await().atMost(PATIENCE).until(() -> traffic.events() > 1_000);
        long wrong = 1_001L + new Random(seed).nextInt(KEYS - 50);

        // When both count what nobody did
        String event = "{\"messageid\":%d,\"rts\":6,\"favs\":0}".formatted(wrong);
        SourceTraffic.send(playground, traffic.emptyTransaction(), Long.toString(wrong), event);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    new Counters(7, 1).equals(playground.table().get(wrong))
                        && new Counters(7, 1)
                            .equals(projector.reducer("counters").get(Long.toString(wrong))));

        // Then
        for (JsonNode each : audit(projector, "?repair=true")) {
          assertWrong(each, wrong);
        }
        for (JsonNode each : audit(projector, "")) {
          assertThat(each.path("right").asText())
              .as("%s", each)
              .isEqualTo(String.format(Locale.ROOT, "all of %,d", KEYS));
        }
        assertThat(playground.table()).containsEntry(wrong, new Counters(1, 1));
        assertThat(projector.reducer("counters").get(Long.toString(wrong)))
            .isEqualTo(new Counters(1, 1));
      }
    }
  }

  @Test
  void shouldFindRowsThatAreWrongMissingOrTooMany() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed);
        Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
      Playground.awaitReady(projector);
      await().atMost(PATIENCE).until(() -> playground.table().size() == 50);

      // When
      Sql.run(
          playground.connection,
          """
          update twcache.counters set favs = favs + 1 where messageid in (7, 8);
          insert into twcache.counters values (1000001, 1, 1);
          """);
      JsonNode results = audit(projector, "");

      // Then
      JsonNode summary = results.path("summary");
      assertThat(summary.path("divergent").asLong()).as("%s", summary).isEqualTo(3);
      assertThat(summary.path("checked").asLong()).isEqualTo(51);
      assertThat(summary.path("repaired").asBoolean()).isFalse();
      assertThat(summary.path("first").path("key").asText()).isEqualTo("7");
      JsonNode served = JSON.readTree(summary.path("first").path("served").asText());
      JsonNode truth = JSON.readTree(summary.path("first").path("truth").asText());
      assertThat(served.path("favs").asLong()).isEqualTo(truth.path("favs").asLong() + 1);
      assertThat(results.path("reducer").path("divergent").asLong()).isZero();
      assertThat(Playground.get(projector, "/metrics").body())
          .containsPattern("puck_consumer_audit_divergent\\{kind=\"summary\".*\\} 3.0")
          .containsPattern("puck_consumer_audit_checked\\{kind=\"summary\".*\\} 51.0")
          .contains("puck_consumer_audit_last_time_seconds", "puck_consumer_audit_seconds_count");
      HttpResponse<String> sample = Playground.post(projector, "/audit/counters?sample=5");
      assertThat(sample.statusCode()).isEqualTo(400);
      assertThat(sample.body()).contains("summaries and reducers are compared whole");
      assertThat(traffic.events()).isPositive();
    }
  }

  @Test
  void shouldSayThatItIsInexactWithoutTokens() throws Exception {
    // Given
    try (SourceTraffic traffic = new SourceTraffic(playground, seed);
        Projector projector = playground.startWithTruth(SourceTraffic.truth())) {
      Sql.run(playground.connection, "drop function puck.token()");
      Playground.awaitReady(projector);

      // When
      JsonNode results = audit(projector, "");

      // Then
      for (JsonNode each : results) {
        assertThat(each.path("exact").asBoolean()).as("%s", each).isFalse();
        assertThat(each.path("divergent").asLong()).as("%s", each).isZero();
      }
      assertThat(traffic.events()).isPositive();
    }
  }

  @Test
  void shouldSayWhatHasNoTruth() throws Exception {
    try (Projector projector = playground.startSummary()) {
      HttpResponse<String> answer = Playground.post(projector, "/audit/counters");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("counters", "truth");
      assertThat(Playground.post(projector, "/audit/counters?repair=yes").statusCode())
          .isEqualTo(400);
    }
  }

  private static void assertWrong(JsonNode result, long key) {
    assertThat(result.path("divergent").asLong()).as("%s", result).isEqualTo(1);
    assertThat(result.path("right").asText()).startsWith("99.99");
    assertThat(result.path("first").path("key").asText()).isEqualTo(Long.toString(key));
    assertThat(result.path("first").path("served").asText()).contains("7");
    assertThat(result.path("first").path("truth").asText()).contains("1").doesNotContain("7,");
    assertThat(result.path("repaired").asBoolean()).isTrue();
  }

  /** What an audit of both projections found, by kind. */
  private static JsonNode audit(Projector projector, String query) throws Exception {
    ObjectNode results = AskedAudits.run(projector, "counters", query);
    assertThat(results.fieldNames()).toIterable().containsExactlyInAnyOrder("reducer", "summary");
    return results;
  }
}
