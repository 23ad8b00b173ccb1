package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the walsender used, and how far the bridge was behind when the writers stopped. */
final class WalsenderUse {
  private final Map<String, List<Double>> seconds = new TreeMap<>();
  private final Map<String, List<Double>> behind = new TreeMap<>();

  /**
   * One more run.
   *
   * @param secondsPerThousand of a core, for a thousand transactions
   * @param secondsBehind how long the writers had taken to write what was not read yet
   */
  void add(Variant variant, boolean pinned, double secondsPerThousand, double secondsBehind) {
    String key = key(variant, pinned);
    seconds.computeIfAbsent(key, any -> new ArrayList<>()).add(secondsPerThousand);
    behind.computeIfAbsent(key, any -> new ArrayList<>()).add(secondsBehind);
  }

  /** Seconds of a core for a thousand transactions. */
  Spread secondsPerThousand(Variant variant, boolean pinned) {
    return Spread.of(seconds.getOrDefault(key(variant, pinned), List.of()));
  }

  /** How many seconds of writing were not read yet. */
  Spread secondsBehind(Variant variant, boolean pinned) {
    return Spread.of(behind.getOrDefault(key(variant, pinned), List.of()));
  }

  private static String key(Variant variant, boolean pinned) {
    return variant + (pinned ? " pinned" : "");
  }
}
