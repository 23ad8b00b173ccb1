package dev.puck.lab.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;

/** What a probe found. Thread-safe. */
public final class Staleness {
  private final ConcurrentHistogram nanos = new ConcurrentHistogram(3);
  private final AtomicLong missed = new AtomicLong();

  /** A commit showed after so long. */
  public void seen(long afterNanos) {
    nanos.recordValue(afterNanos);
  }

  /** A commit did not show in time. */
  public void unseen() {
    missed.incrementAndGet();
  }

  /** How many commits were seen. */
  public long count() {
    return nanos.getTotalCount();
  }

  /** How many commits were not seen in time. */
  public long missed() {
    return missed.get();
  }

  /** What so many percent do not exceed. */
  public double millis(double percent) {
    return nanos.getValueAtPercentile(percent) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
