package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.load.OpenLoad;
import dev.puck.lab.bench.load.Schedule;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import java.time.Duration;

/**
 * Rows that come at a steady rate.
 *
 * @param plan how long, and how long before it counts
 * @param arrivals of all rows, which are numbered from 0
 */
record AwakeProbe(Plan plan, Arrivals arrivals) {
  private static final Duration SEEN_WITHIN = Duration.ofMinutes(2);

  /**
   * What came of it.
   *
   * @param latencies of what counts
   * @param nextId the first number that is not taken
   */
  record Outcome(Latencies latencies, long nextId) {}

  /** Writes rows from that number on. */
  Outcome measure(OpenLoad load, int perSecond, long firstId) throws InterruptedException {
    long begin = firstId + load.run(firstId, perSecond, plan.warmUp()).rows();
    Schedule schedule = load.run(begin, perSecond, plan.duration());
    long end = begin + schedule.rows();
    Patience.until("all rows are seen", SEEN_WITHIN, 10, () -> arrivals.count() == end);
    return new Outcome(Latencies.of(schedule, arrivals), end);
  }
}
