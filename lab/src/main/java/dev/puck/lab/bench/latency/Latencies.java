package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.load.Schedule;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long until things were seen, in nanoseconds.
 *
 * @param fromCommit since the writer knew that its transaction is committed
 * @param fromStatement since it sent its one statement
 * @param fromDue since it should have, by an even schedule: whatever holds a writer up counts for
 *     all that it then could not write in time, too (no coordinated omission)
 */
record Latencies(Histogram fromCommit, Histogram fromStatement, Histogram fromDue) {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  /** Those of all that was scheduled, which has arrived. */
  static Latencies of(Schedule schedule, Arrivals arrivals) {
    Latencies latencies = empty();
    for (int row = 0; row < schedule.rows(); row++) {
      long at = arrivals.at(schedule.firstId() + row);
      latencies.add(schedule.committed(row), schedule.sent(row), schedule.due(row), at);
    }
    return latencies;
  }

  /** None yet. */
  static Latencies empty() {
    return new Latencies(histogram(), histogram(), histogram());
  }

  /** One more. */
  void add(long committed, long sent, long due, long at) {
    record(fromCommit, at - committed);
    record(fromStatement, at - sent);
    record(fromDue, at - due);
  }

  /** It may be seen before its writer hears of the commit. */
  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.max(1, Math.min(LONGEST_NANOS, nanos)));
  }

  private static Histogram histogram() {
    return new Histogram(LONGEST_NANOS, DIGITS);
  }
}
