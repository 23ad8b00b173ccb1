package dev.puck.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for another process, which cannot signal us. */
final class Await {
  private static final long PAUSE_MILLIS = 5;

  private Await() {}

  /**
   * Polls until the condition holds.
   *
   * @return whether it came to hold within the time
   * @throws ServerException when the thread is interrupted; its flag stays set
   */
  static boolean until(Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while waiting for a server", e);
    }
  }
}
