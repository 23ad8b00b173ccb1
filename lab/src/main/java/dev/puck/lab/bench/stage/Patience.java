package dev.puck.lab.bench.stage;

import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what can only be asked for. */
public final class Patience {
  private Patience() {}

  /** A question that may fail. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    /** Whether it holds now. */
    boolean holds() throws E, InterruptedException;
  }

  /**
   * Asks every so many milliseconds.
   *
   * @throws TransientException if it does not hold within that time
   */
  public static <E extends Exception> void until(
      String what, Duration atMost, long pauseMillis, Condition<E> condition)
      throws E, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new TransientException(
            "After " + atMost.toSeconds() + " s still not so: " + what + ".");
      }
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
    }
  }
}
