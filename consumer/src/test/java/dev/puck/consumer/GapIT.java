package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import dev.puck.event.GapEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class GapIT {
  private static final int PARTITIONS = 4;

  @Test
  void shouldCountAGapOnceAndApplyNothingOfIt(TestEnvironment environment) throws Exception {
    // Given
    try (Playground playground = new Playground(environment, PARTITIONS);
        Projector projector = playground.startAll()) {
      Playground.awaitReady(projector);
      playground.send(100);

      // When
      gap(playground, "gap-1", "connection lost");
      playground.send(100);
      gap(playground, "gap-2", "fell behind");

      // Then
      playground.awaitExactTable();
      await()
          .untilAsserted(
              () ->
                  assertThat(projector.status().projections())
                      .hasSize(2)
                      .allSatisfy(GapIT::assertBothGaps));
      assertThat(Playground.get(projector, "/metrics").body())
          .contains(
              "puck_consumer_gaps_total{kind=\"summary\",projection=\"counters\"} 2.0",
              "puck_consumer_gaps_total{kind=\"reducer\",projection=\"counters\"} 2.0");
    }
  }

  private static void assertBothGaps(ProjectionStatus status) {
    assertThat(status.deadLetters()).isZero();
    assertThat(status.events()).isEqualTo(200);
    assertThat(status.lag()).isZero();
    assertThat(status.gaps())
        .extracting(gap -> gap.id() + " " + gap.reason() + " " + gap.from())
        .containsExactlyInAnyOrder(
            "gap-1 connection lost 2026-01-01T00:00:00Z", "gap-2 fell behind 2026-01-01T00:00:00Z");
  }

  private static void gap(Playground playground, String id, String reason) {
    GapEvent gap =
        new GapEvent(
            "notify",
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:05Z"),
            reason,
            List.of("tweet.activity"));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      ProducerRecord<byte[], byte[]> record =
          playground.record(
              partition, GapEvent.KEY, new String(gap.toJson(), StandardCharsets.UTF_8));
      record.headers().add(EventHeaders.KIND, Playground.bytes(EventKind.GAP.text()));
      record.headers().add(EventHeaders.ID, Playground.bytes(id));
      playground.send(record);
    }
    playground.flush();
  }
}
