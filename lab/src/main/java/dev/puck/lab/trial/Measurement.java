package dev.puck.lab.trial;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What was measured of one strategy, once. Filled by one thread. */
public final class Measurement {
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

  void put(Metric metric, double value) {
    values.put(metric, value);
  }

  void put(Metric metric, long value) {
    put(metric, (double) value);
  }

  /** Empty where that does not apply to the strategy. */
  public OptionalDouble get(Metric metric) {
    @Nullable Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
