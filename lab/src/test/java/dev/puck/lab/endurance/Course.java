package dev.puck.lab.endurance;

import static org.awaitility.Awaitility.await;

import dev.puck.lab.bench.stage.Progress;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Follows a run: looks at the outbox again and again, at times at the bridge's heap, and says how
 * far things have come. Used by one thread.
 */
final class Course {
  private static final Duration SLACK = Duration.ofMinutes(1);
  private static final int LEAST_WORDS = 10;
  private static final double MEBIBYTE = 1 << 20;

  private final Scene scene;
  private final Load load;
  private final Progress progress = new Progress(System.out::println, Duration.ZERO);
  private final Pauses pauses;
  private final OutboxTables tables;
  private final Trend outbox = new Trend();
  private final Trend heap = new Trend();
  private double saidAt;

  Course(Scene scene, Load load, Pauses pauses) {
    this.scene = scene;
    this.load = load;
    this.pauses = pauses;
    this.tables = new OutboxTables(scene.ledger().database());
  }

  /**
   * How often.
   *
   * @param looks between two looks
   * @param words between two lines, and two collections of the bridge's heap
   */
  record Pauses(Duration looks, Duration words) {}

  /** Follows it for so long, and until it was long enough to be compared with itself. */
  void followWhole(Duration duration) {
    follow(duration);
    while (heap.size() < LEAST_WORDS) {
      follow(pauses.words());
    }
  }

  /** Follows it for so long. */
  void follow(Duration duration) {
    double end = progress.seconds() + duration.toMillis() / 1e3;
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(pauses.looks())
        .atMost(duration.plus(SLACK))
        .until(
            () -> {
              look();
              return progress.seconds() >= end;
            });
  }

  /** The outbox's size. */
  Trend outbox() {
    return outbox;
  }

  /** The bridge's heap after collections. */
  Trend heap() {
    return heap;
  }

  OutboxTables tables() {
    return tables;
  }

  Progress progress() {
    return progress;
  }

  private void look() throws SQLException, InterruptedException {
    outbox.add(progress.seconds(), tables.look());
    if (progress.seconds() - saidAt >= pauses.words().toMillis() / 1e3) {
      saidAt = progress.seconds();
      heap.add(saidAt, scene.bridge().collect());
      say();
    }
  }

  private void say() {
    progress.say(
        "%,9d changes written, %,9d arrived, outbox %.1f MiB, truncated %s, live heap %.1f MiB",
        load.changes(),
        scene.witness().audit().changes(),
        outbox.latest() / MEBIBYTE,
        tables.truncations(),
        heap.latest() / MEBIBYTE);
  }
}
