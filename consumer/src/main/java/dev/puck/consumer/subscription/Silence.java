package dev.puck.consumer.subscription;

import java.time.Duration;

/**
 * Tells when Kafka has been silent for so long that it must be asked whether it is there: to its
 * client a broker that is away looks like one that has nothing new. Owned by one thread.
 */
final class Silence {
  private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();

  private long since = System.nanoTime();

  /** It spoke. */
  void end() {
    since = System.nanoTime();
  }

  boolean isLong() {
    return System.nanoTime() - since > LONGEST_NANOS;
  }
}
