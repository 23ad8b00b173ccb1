package dev.puck.lab.trial;

import dev.puck.lab.workload.Workload;
import java.time.Duration;

/**
 * How a strategy is tried.
 *
 * @param workload what the application does
 * @param closed how long writers write, and then readers read, as fast as they can
 * @param open how long both come at the workload's rates; at least twice the strategy's interval
 * @param disconnect for how long what propagates is then cut off, before it is started again; zero
 *     for neither
 */
public record TrialPlan(Workload workload, Duration closed, Duration open, Duration disconnect) {
  static final Duration WARM_UP = Duration.ofSeconds(1);

  /** As fast as they can, for how long readers read. */
  Duration reading() {
    return closed.dividedBy(2);
  }
}
