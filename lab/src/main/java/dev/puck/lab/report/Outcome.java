package dev.puck.lab.report;

import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.trial.Measurement;
import dev.puck.lab.trial.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What all trials of one strategy say.
 *
 * @param strategy its name
 * @param values each metric that applies to it
 */
public record Outcome(String strategy, Map<Metric, Spread> values) {
  public Outcome {
    values = Map.copyOf(values);
  }

  /**
   * That of these trials.
   *
   * @param measurements at least one
   */
  public static Outcome of(String strategy, List<Measurement> measurements) {
    Map<Metric, Spread> values = new TreeMap<>();
    for (Metric metric : Metric.values()) {
      List<Double> found =
          measurements.stream()
              .flatMap(each -> each.get(metric).stream().boxed())
              .collect(Collectors.toList());
      if (!found.isEmpty()) {
        values.put(metric, Spread.of(found));
      }
    }
    return new Outcome(strategy, values);
  }

  /** Those of all strategies, in the map's order. */
  public static List<Outcome> all(Map<String, List<Measurement>> measured) {
    return measured.entrySet().stream()
        .map(each -> Outcome.of(each.getKey(), each.getValue()))
        .toList();
  }

  /** Empty where that does not apply to the strategy. */
  public Optional<Spread> get(Metric metric) {
    return Optional.ofNullable(values.get(metric));
  }

  /** The median; that where it does not apply. */
  double median(Metric metric, double otherwise) {
    return get(metric).map(Spread::median).orElse(otherwise);
  }
}
