package dev.puck.lab.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What the bench ran on.
 *
 * @param processors that it could use
 * @param loadBefore how many processes wanted to run in the minute before it began; negative where
 *     the system does not tell
 */
record Machine(int processors, double loadBefore) {
  /** As it is now. */
  static Machine now() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  String text() {
    String cores = processors == 1 ? "One core" : processors + " cores";
    return loadBefore < 0
        ? cores + "."
        : String.format(
            Locale.ROOT,
            "%s, load %.1f before it began: above %.1f, trust the ratios more than the values.",
            cores,
            loadBefore,
            processors / 4.0);
  }

  void addTo(ObjectNode json) {
    json.put("processors", processors);
    json.put("load_before", Math.round(loadBefore * 100) / 100.0);
  }
}
