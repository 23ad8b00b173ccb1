package dev.puck.consumer.subscription;

import dev.puck.service.retry.Backoff;
import java.time.Duration;

/** The pause after a failure, longer after each. Owned by one thread. */
final class Rest {
  private final Backoff backoff;
  private long until = System.nanoTime();

  Rest(Backoff backoff) {
    this.backoff = backoff;
  }

  void begin() {
    until = System.nanoTime() + backoff.next().toNanos();
  }

  boolean isOver() {
    return System.nanoTime() - until >= 0;
  }

  /** It worked: the next rest will be a short one. */
  void end() {
    backoff.reset();
  }

  /** How long to wait in one go without missing the end of the rest. */
  Duration atMost(Duration longest) {
    long left = until - System.nanoTime();
    return left <= 0 || left > longest.toNanos() ? longest : Duration.ofNanos(left);
  }
}
