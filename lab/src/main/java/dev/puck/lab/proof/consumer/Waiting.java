package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.ProofException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens elsewhere. */
final class Waiting {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Waiting() {}

  interface Condition {
    boolean holds() throws InterruptedException;
  }

  /**
   * Returns when it holds.
   *
   * @throws ProofException if it does not in time
   */
  static void until(String what, Duration atMost, Condition condition) throws InterruptedException {
    if (!holds(atMost, condition)) {
      throw new ProofException(what + ": not within " + atMost.toSeconds() + " s");
    }
  }

  /** Whether it holds within that time. */
  static boolean holds(Duration atMost, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  static void millis(int millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
