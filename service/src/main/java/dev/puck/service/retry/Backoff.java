package dev.puck.service.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delays between tries: each twice as long as the one before, up to a cap, and then a random part
 * of that ("full jitter"; Brooker, "Exponential Backoff And Jitter", 2015), so that many processes
 * do not come back at once. Owned by one thread.
 */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration CAP = Duration.ofSeconds(5);

  /** Twenty times doubled, it still counts in milliseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final RandomGenerator random;
  private final Duration first;
  private final Duration cap;
  private int failures;

  /** From 100 ms to 5 s. */
  public Backoff(RandomGenerator random) {
    this(random, FIRST, CAP);
  }

  public Backoff(RandomGenerator random, Duration first, Duration cap) {
    if (first.isNegative() || first.compareTo(LONGEST) > 0 || cap.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "Delays from " + first + " to " + cap + "; they must be between nothing and " + LONGEST);
    }
    this.random = random;
    this.first = first;
    this.cap = cap;
  }

  /** The delay before the next try; never less than a tenth of its ceiling, so never nothing. */
  public Duration next() {
    long doubled = Math.max(1, first.toMillis()) * (1L << Math.min(failures, 20));
    long ceiling = Math.max(1, Math.min(cap.toMillis(), doubled));
    failures++;
    return Duration.ofMillis(random.nextLong(Math.max(1, ceiling / 10), ceiling + 1));
  }

  /** It worked: the next failure begins with the shortest delay. */
  public void reset() {
    failures = 0;
  }

  /** How many delays were asked for since it worked. */
  public int failures() {
    return failures;
  }
}
