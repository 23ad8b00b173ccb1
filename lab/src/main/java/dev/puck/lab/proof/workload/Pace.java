package dev.puck.lab.proof.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets so many steps a second pass, all writers together. What was missed is not made up for. */
final class Pace {
  private final long intervalNanos;
  private long next = System.nanoTime();

  Pace(int stepsPerSecond) {
    this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / stepsPerSecond;
  }

  /** Returns when the next step may be taken. */
  void await() {
    long wait = claim() - System.nanoTime();
    if (wait > 0) {
      LockSupport.parkNanos(wait);
    }
  }

  private synchronized long claim() {
    next = Math.max(next + intervalNanos, System.nanoTime());
    return next;
  }
}
