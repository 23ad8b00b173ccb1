package dev.puck.lab.workload;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long the steps of a load took.
 *
 * @param nanos from when each was due to its end
 * @param took all of them together
 * @param busy the threads, without the time in which none was due
 */
public record Timing(Histogram nanos, Duration took, Duration busy) {
  /** How many there were. */
  public long count() {
    return nanos.getTotalCount();
  }

  /** How many in a second. */
  public double perSecond() {
    return count() / (took.toNanos() / 1e9);
  }

  /** What so many percent do not exceed. */
  public double millis(double percent) {
    return nanos.getValueAtPercentile(percent) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
