package dev.puck.lab.workload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When each step of a load is due. In an open loop that is at a steady rate, whatever became of
 * those before: a stall counts for all that were due meanwhile (coordinated omission). In a closed
 * loop it is when the thread has done the one before. Thread-safe.
 */
public final class Pace {
  static final long OVER = -1;

  /** How far an open loop may be behind at its end. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final long begin = System.nanoTime();
  private final long intervalNanos;
  private final long durationNanos;
  private final AtomicLong steps = new AtomicLong();

  private Pace(long intervalNanos, Duration duration) {
    this.intervalNanos = intervalNanos;
    this.durationNanos = duration.toNanos();
  }

  /** An open loop, from now on. */
  public static Pace open(int perSecond, Duration duration) {
    return new Pace(TimeUnit.SECONDS.toNanos(1) / perSecond, duration);
  }

  /** A closed loop, from now on. */
  public static Pace closed(Duration duration) {
    return new Pace(0, duration);
  }

  /** Nanoseconds from the beginning to when the next step is due; {@link #OVER} if none is. */
  long next() {
    long now = now();
    long due = intervalNanos == 0 ? now : steps.getAndIncrement() * intervalNanos;
    return due >= durationNanos || now >= durationNanos + GRACE_NANOS ? OVER : due;
  }

  /** Nanoseconds since the beginning. */
  long now() {
    return System.nanoTime() - begin;
  }
}
