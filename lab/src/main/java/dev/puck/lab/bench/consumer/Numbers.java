package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A number of each kind, once for each pair. */
final class Numbers<K extends Enum<K>> {
  private final Map<K, List<Double>> all;

  Numbers(Class<K> kinds) {
    this.all = new EnumMap<>(kinds);
  }

  void add(K kind, double number) {
    all.computeIfAbsent(kind, any -> new ArrayList<>()).add(number);
  }

  /** Those of that kind. */
  Spread of(K kind) {
    return Spread.of(list(kind));
  }

  /** The one's of the other's, pair by pair. */
  Spread ratio(K one, K other) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < list(one).size(); pair++) {
      ratios.add(list(one).get(pair) / list(other).get(pair));
    }
    return Spread.of(ratios);
  }

  private List<Double> list(K kind) {
    return all.getOrDefault(kind, List.of());
  }
}
