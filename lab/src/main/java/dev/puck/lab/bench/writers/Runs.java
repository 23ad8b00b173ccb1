package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Transactions a second of each variant, once for each pair. */
final class Runs {
  private final Map<Variant, List<Double>> perSecond = new EnumMap<>(Variant.class);

  void add(Variant variant, double measured) {
    perSecond.computeIfAbsent(variant, any -> new ArrayList<>()).add(measured);
  }

  double last(Variant variant) {
    List<Double> all = of(variant);
    return all.get(all.size() - 1);
  }

  Spread perSecond(Variant variant) {
    return Spread.of(of(variant));
  }

  /** What was measured, in order of their declaration. */
  Set<Variant> variants() {
    return perSecond.keySet();
  }

  /** How many times as fast as the other, pair by pair. */
  Spread ratio(Variant variant, Variant other) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < of(variant).size(); pair++) {
      ratios.add(of(variant).get(pair) / of(other).get(pair));
    }
    return Spread.of(ratios);
  }

  private List<Double> of(Variant variant) {
    return perSecond.getOrDefault(variant, List.of());
  }
}
