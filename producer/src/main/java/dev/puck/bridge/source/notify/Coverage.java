package dev.puck.bridge.source.notify;

import dev.puck.bridge.source.Gap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Up to when everything that was committed has surely been delivered, or lies in a gap. Kept by two
 * clocks, since the one that people read may be set back: a gap is never shorter than the time that
 * went by. Owned by the reader.
 */
final class Coverage {
  /** Between a commit and the moment its listeners are told, nobody knows of it. */
  private static final Duration DELIVERY_MARGIN = Duration.ofSeconds(1);

  private final Clock clock;
  private final LongSupplier nanoTime;
  private @Nullable Instant until;
  private @Nullable Moment confirmed;

  /** A moment by both clocks. */
  record Moment(Instant instant, long nanoTime) {}

  /**
   * @param until what a previous run covered; null if there was none
   */
  Coverage(Clock clock, LongSupplier nanoTime, @Nullable Instant until) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.until = until;
  }

  Moment now() {
    return new Moment(clock.instant(), nanoTime.getAsLong());
  }

  /** All that was committed before that moment is accounted for. */
  void confirm(Moment moment) {
    confirmed = moment;
    until = moment.instant();
  }

  /** Whether the last confirmation is older than that. */
  boolean isOlderThan(Duration age) {
    return confirmed == null || nanoTime.getAsLong() - confirmed.nanoTime() > age.toNanos();
  }

  /** Null before the first confirmation of the first run ever. */
  @Nullable Instant until() {
    return until;
  }

  /** What may have been missed until {@code listening}; null if nothing was ever covered. */
  @Nullable Gap gapUntil(Moment listening, String reason) {
    Instant covered = until;
    if (covered == null) {
      return null;
    }
    Instant to = listening.instant();
    Moment last = confirmed;
    if (last != null) {
      covered = earlier(covered, to.minusNanos(listening.nanoTime() - last.nanoTime()));
    }
    return new Gap(earlier(covered, to).minus(DELIVERY_MARGIN), to, reason);
  }

  private static Instant earlier(Instant left, Instant right) {
    return left.isBefore(right) ? left : right;
  }
}
