package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Gap;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.ProjectionState;
import dev.puck.consumer.projection.ProjectionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a projection is. Written by the subscription's thread, read by all. */
final class Progress {
  static final long UNKNOWN_LAG = -1;

  private final Projection projection;
  private final List<String> topics;
  private final GapLog gaps = new GapLog();
  private volatile boolean warm;
  private volatile boolean failed;
  private volatile @Nullable String error;
  private volatile long lag = UNKNOWN_LAG;
  private volatile long upToDateNanos = System.nanoTime();
  private volatile double stalenessSeconds = Double.NaN;

  Progress(Projection projection, List<String> topics) {
    this.projection = projection;
    this.topics = List.copyOf(topics);
  }

  Projection projection() {
    return projection;
  }

  ProjectionState state() {
    if (failed) {
      return ProjectionState.FAILED;
    }
    if (error != null) {
      return ProjectionState.DEGRADED;
    }
    return isComplete() ? ProjectionState.SERVING : ProjectionState.WARMING;
  }

  /** Whether what it shows has ever been up to date, and its thread lives. */
  boolean isReadable() {
    return isComplete() && !failed;
  }

  private boolean isComplete() {
    return warm && projection.isComplete();
  }

  Optional<String> error() {
    return Optional.ofNullable(error);
  }

  /** Kafka had just now nothing that is not applied. */
  void upToDate() {
    upToDateNanos = System.nanoTime();
  }

  /** How long that is ago; since the start where it never was. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - upToDateNanos);
  }

  void warm() {
    warm = true;
  }

  void degraded(String why) {
    error = why;
  }

  void recovered() {
    error = null;
  }

  void failed(String why) {
    error = why;
    failed = true;
  }

  long lag() {
    return lag;
  }

  void lag(long records) {
    lag = records;
  }

  void staleness(double seconds) {
    stalenessSeconds = seconds;
  }

  boolean add(Gap gap) {
    return gaps.add(gap);
  }

  ProjectionStatus status(long events, long deadLetters) {
    long records = lag;
    double seconds = stalenessSeconds;
    return new ProjectionStatus(
        projection.name(),
        projection.kind().text(),
        topics,
        state().text(),
        records == UNKNOWN_LAG ? null : records,
        events,
        deadLetters,
        gaps.list(),
        Double.isNaN(seconds) ? null : seconds,
        error);
  }
}
