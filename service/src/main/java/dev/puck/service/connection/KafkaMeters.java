package dev.puck.service.connection;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/**
 * Tells a registry of one of Kafka's clients for as long as that lives; Kafka makes it and closes
 * it with the client. Of two clients of one name the newer is told. Thread-safe.
 */
public final class KafkaMeters implements MetricsReporter {
  /** The property that holds the registry. */
  static final String REGISTRY = "puck.meter.registry";

  /** Two clients of one name must not take each other's meters away. */
  private static final Object LOCK = new Object();

  private final Map<MetricName, Meter> meters = new ConcurrentHashMap<>();
  private @Nullable MeterRegistry registry;

  @Override
  public void configure(Map<String, ?> properties) {
    registry = (MeterRegistry) properties.get(REGISTRY);
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    metrics.forEach(this::metricChange);
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    @Nullable KafkaMeter kind = KafkaMeter.of(metric.metricName());
    if (kind != null && registry != null) {
      synchronized (LOCK) {
        meters.put(metric.metricName(), register(registry, kind, metric));
      }
    }
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    remove(metric.metricName());
  }

  @Override
  public void close() {
    List.copyOf(meters.keySet()).forEach(this::remove);
  }

  private void remove(MetricName name) {
    @Nullable Meter ours = meters.remove(name);
    if (ours != null && registry != null) {
      synchronized (LOCK) {
        boolean isThere = registry.getMeters().stream().anyMatch(each -> each == ours);
        if (isThere) {
          registry.remove(ours);
        }
      }
    }
  }

  private static Meter register(MeterRegistry registry, KafkaMeter kind, KafkaMetric metric) {
    Tags tags = Tags.of("client.id", metric.metricName().tags().getOrDefault("client-id", ""));
    registry.find(kind.meterName()).tags(tags).meters().forEach(registry::remove);
    if (kind.isCounter()) {
      return FunctionCounter.builder(kind.meterName(), metric, each -> value(kind, each))
          .description(kind.description())
          .tags(tags)
          .register(registry);
    }
    return Gauge.builder(kind.meterName(), metric, each -> value(kind, each))
        .description(kind.description())
        .baseUnit(kind.baseUnit())
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  private static double value(KafkaMeter kind, KafkaMetric metric) {
    return metric.metricValue() instanceof Number number
        ? kind.scaled(number.doubleValue())
        : Double.NaN;
  }
}
