package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.ProofException;
import dev.puck.lab.proof.consumer.judge.Pulse;
import dev.puck.lab.proof.consumer.process.ConsumerFleet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntPredicate;

/** Sees that changes come through to every projection. Used by one thread. */
final class Flow {
  private static final Duration WITHIN = Duration.ofMinutes(2);

  private final Pulse pulse;
  private final ConsumerFleet fleet;

  Flow(Pulse pulse, ConsumerFleet fleet) {
    this.pulse = pulse;
    this.fleet = fleet;
  }

  /**
   * Returns when changes that are made from now on have been seen everywhere; consumers that end
   * meanwhile are started again.
   *
   * @return how long that took
   * @throws ProofException if it is not so within two minutes
   */
  Duration await() throws SQLException, InterruptedException {
    return await(place -> true);
  }

  /** The same, but of processes only those that are named. */
  Duration await(IntPredicate places) throws SQLException, InterruptedException {
    long begin = System.nanoTime();
    Map<Long, Long> events = pulse.beat();
    see("Redis", () -> pulse.isInRedis(events));
    see("the summary", () -> pulse.isInSummary(events));
    for (int each = 0; each < fleet.size(); each++) {
      int place = each;
      if (places.test(place)) {
        see("process " + place, () -> pulse.isInMemory(fleet.url(place), events));
      }
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void see(String where, Waiting.Condition condition) throws InterruptedException {
    Waiting.until(
        "Changes come through to " + where,
        WITHIN,
        () -> {
          fleet.restore();
          // Whoever has come up must be noticed either way.
          boolean started = fleet.isStarted();
          return condition.holds() && started;
        });
  }
}
