package dev.puck.lab.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.Endurance;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A steady load, for long: nothing grows. */
@Endurance
class SoakIT {
  private static final int CHANGES_PER_SECOND = 1_000;
  private static final int TRUNCATIONS = 2;
  private static final long HEAP_MARGIN = 8 << 20;
  private static final double OUTBOX_FACTOR = 1.25;
  private static final long OUTBOX_MARGIN = 1 << 20;

  private static final Duration DURATION = Duration.ofMinutes(10);

  /** As by default. */
  private static final String ROTATION = "15s";

  private static final Course.Pauses PAUSES =
      new Course.Pauses(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final long seed = new Random().nextLong();

  @Test
  void shouldKeepOutboxAndHeapSmallAtASteadyRate() throws SQLException, InterruptedException {
    System.out.println("seed " + seed);
    try (Stage stage = Stage.set();
        Scene scene = Scene.set(stage, "soak", ROTATION);
        Load load = Load.start(scene.ledger(), CHANGES_PER_SECOND, seed)) {
      // Given
      Course course = new Course(scene, load, PAUSES);

      // When
      course.followWhole(DURATION);
      double seconds = course.progress().seconds();
      load.stop();

      // Then
      List<String> problems = scene.finish();
      OutboxTables.Counts counts = countsOf(course.tables(), scene.witness().audit().changes());
      summarize(course, load, seconds, counts);
      assertThat(problems).isEmpty();
      assertThat(counts.updated()).isZero();
      assertThat(counts.deleted()).isZero();
      assertThat(course.tables().truncations()).allMatch(each -> each >= TRUNCATIONS);
      assertThat(course.outbox().maxLate())
          .as("bytes of the outbox, %s", course.outbox().text())
          .isLessThan((long) (OUTBOX_FACTOR * course.outbox().maxEarly()) + OUTBOX_MARGIN);
      assertThat(course.heap().medianLate())
          .as("live heap of the bridge, %s", course.heap().text())
          .isLessThan(course.heap().medianEarly() + HEAP_MARGIN);
    }
  }

  /** When the writers' last counts have come. */
  private static OutboxTables.Counts countsOf(OutboxTables tables, long changes) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(tables::counts, counts -> counts.inserted() >= changes);
  }

  private static void summarize(
      Course course, Load load, double seconds, OutboxTables.Counts counts) {
    course
        .progress()
        .say(
            "Soak of %d s: %,.0f changes/s, truncated %s, %,d rows inserted, %d updated, %d deleted;"
                + " outbox at most %s (%s in the second fifth, %s in the last); live heap %s in the"
                + " second fifth, %s in the last (medians): %s",
            Math.round(seconds),
            load.changes() / seconds,
            course.tables().truncations(),
            counts.inserted(),
            counts.updated(),
            counts.deleted(),
            Trend.mebibytes(course.outbox().max()),
            Trend.mebibytes(course.outbox().maxEarly()),
            Trend.mebibytes(course.outbox().maxLate()),
            Trend.mebibytes(course.heap().medianEarly()),
            Trend.mebibytes(course.heap().medianLate()),
            course.heap().text());
  }
}
