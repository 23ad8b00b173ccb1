package dev.puck.lab;

import dev.puck.lab.report.Need;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.workload.Workload;
import java.time.Duration;
import java.util.List;

/**
 * How the lab is run.
 *
 * @param strategies which of them, by name
 * @param workload what the application does
 * @param repeats how often each is tried
 * @param closed how long writers write as fast as they can; readers read half as long
 * @param open how long both come at the workload's rates
 * @param disconnect for how long what propagates is then cut off, before it is started again; zero
 *     for neither
 * @param need what is asked for
 */
public record LabOptions(
    List<String> strategies,
    Workload workload,
    int repeats,
    Duration closed,
    Duration open,
    Duration disconnect,
    Need need) {
  public LabOptions {
    strategies = List.copyOf(strategies);
    for (String name : strategies) {
      if (!Strategies.names().contains(name)) {
        throw new IllegalArgumentException(
            "No strategy is named '"
                + name
                + "'; there are "
                + String.join(", ", Strategies.names())
                + ".");
      }
    }
    if (strategies.isEmpty()) {
      throw new IllegalArgumentException("No strategy is to be tried; name at least one.");
    }
    if (repeats < 1 || repeats > 100) {
      throw new IllegalArgumentException(repeats + " repeats; it must be between 1 and 100.");
    }
    if (closed.compareTo(Duration.ofMillis(500)) < 0
        || open.compareTo(Duration.ofMillis(500)) < 0) {
      throw new IllegalArgumentException(
          "Measurements of " + closed + " and " + open + "; less than half a second says nothing.");
    }
  }
}
