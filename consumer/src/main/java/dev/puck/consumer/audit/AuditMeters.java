package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Projection;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one projection's audits: what the last one found. Thread-safe. */
final class AuditMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer timer;
  private volatile @Nullable AuditResult last;

  AuditMeters(MeterRegistry registry, Projection projection) {
    this.registry = registry;
    this.tags = Tags.of("kind", projection.kind().text(), "projection", projection.name());
    this.timer =
        Timer.builder("puck.consumer.audit")
            .description("Audits that ended.")
            .tags(tags)
            .register(registry);
    gauge("checked", "Keys that the last audit compared.", null, AuditResult::checked);
    gauge(
        "newer",
        "Keys that the last audit did not compare, as they are newer.",
        null,
        AuditResult::newer);
    gauge("divergent", "Keys at which the last audit found drift.", null, AuditResult::divergent);
    gauge(
        "last.time",
        "When the last audit ended, since 1970.",
        "seconds",
        result -> Instant.parse(result.finishedAt()).toEpochMilli() / 1e3);
  }

  void ended(AuditResult result, Duration duration) {
    last = result;
    timer.record(duration);
  }

  private void gauge(
      String name, String description, @Nullable String unit, ToDoubleFunction<AuditResult> value) {
    Gauge.builder("puck.consumer.audit." + name, this, meters -> meters.value(value))
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }

  private double value(ToDoubleFunction<AuditResult> of) {
    @Nullable AuditResult result = last;
    return result == null ? Double.NaN : of.applyAsDouble(result);
  }
}
