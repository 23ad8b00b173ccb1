package dev.puck.lab.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.Endurance;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One transaction with more rows than the bridge has memory for. */
@Endurance
class HugeTransactionIT {
  private static final int ROWS = 1_000_000;

  /** Of each key: created, changed again and again, deleted, created again. */
  private static final int VERSIONS = 8;

  /** A deletion is two. */
  private static final int EVENTS = ROWS / VERSIONS * (VERSIONS + 1);

  private static final String ROTATION = "1s";
  private static final Duration HALF_WITHIN = Duration.ofMinutes(2);

  private static Stage stage;

  private final Progress progress = new Progress(System.out::println, Duration.ZERO);

  @BeforeAll
  static void setStage() {
    stage = Stage.set();
  }

  @AfterAll
  static void clearStage() {
    stage.close();
  }

  @Test
  void shouldPassThroughASmallHeap() throws SQLException, InterruptedException {
    try (Scene scene = Scene.set(stage, "huge", ROTATION)) {
      // When
      double committed = write(scene);
      scene.awaitChanges(ROWS);
      double seconds = progress.seconds() - committed;
      long heap = scene.bridge().collect();

      // Then
      assertThat(scene.finish()).isEmpty();
      progress.say(
          "Huge transaction: %,d rows in %.1f s, %,.0f rows/s, live heap then %s",
          ROWS, seconds, ROWS / seconds, Trend.mebibytes(heap));
    }
  }

  @Test
  void shouldRepeatNothingWhenKilledInTheMiddle() throws SQLException, InterruptedException {
    try (Scene scene = Scene.set(stage, "huge-killed", ROTATION)) {
      // Given
      double committed = write(scene);
      Patience.until(
          "half of it is published",
          HALF_WITHIN,
          10,
          () -> scene.bridge().status().published() >= EVENTS / 2);
      long published = scene.bridge().status().published();

      // When
      scene.bridge().kill();
      double killed = progress.seconds();
      long arrived = scene.witness().audit().changes();
      scene.startBridge();
      scene.awaitChanges(ROWS);
      double seconds = progress.seconds() - killed;
      long publishedAgain = scene.bridge().status().published();

      // Then
      assertThat(scene.finish()).isEmpty();
      progress.say(
          "Huge transaction, killed: %,d rows, %,d events; %.1f s after their commit %,d events were"
              + " sent, and %,d rows had arrived; then the next process sent %,d events, and all"
              + " had arrived after %.1f s",
          ROWS, EVENTS, killed - committed, published, arrived, publishedAgain, seconds);
      assertThat(published).as("sent when it was killed").isLessThan(EVENTS);
      assertThat(publishedAgain).as("sent by the next process").isLessThan(EVENTS);
    }
  }

  /** Writes the transaction, and tells when it was committed. */
  private double write(Scene scene) throws SQLException {
    double begun = progress.seconds();
    scene.ledger().changeAtOnce(ROWS / VERSIONS, VERSIONS);
    double committed = progress.seconds();
    progress.say("%,d rows written in one transaction of %.1f s", ROWS, committed - begun);
    return committed;
  }
}
