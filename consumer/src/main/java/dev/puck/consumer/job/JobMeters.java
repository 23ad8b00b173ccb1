package dev.puck.consumer.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The meters of one job, bound once. Thread-safe. */
final class JobMeters {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1)
  };

  private final Map<Outcome, Counter> runs = new EnumMap<>(Outcome.class);
  private final Timer duration;
  private final Counter overdue;
  private final AtomicReference<@Nullable Instant> lastSuccess = new AtomicReference<>();
  private final Clock clock;

  JobMeters(MeterRegistry registry, String job, Clock clock) {
    this.clock = clock;
    // Not "job": Prometheus gives that label to what it scrapes.
    Tags tags = Tags.of("job.name", job);
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.LOST) { // nobody is left to count it
        runs.put(
            outcome,
            Counter.builder("puck.consumer.job.runs")
                .description("Runs that ended in this process.")
                .tags(tags.and("outcome", outcome.text()))
                .register(registry));
      }
    }
    duration =
        Timer.builder("puck.consumer.job.run")
            .description("How long runs took.")
            .tags(tags)
            .serviceLevelObjectives(BOUNDS)
            .register(registry);
    overdue =
        Counter.builder("puck.consumer.job.overdue")
            .description("Times of the job that passed without a run of their own.")
            .tags(tags)
            .register(registry);
    Gauge.builder("puck.consumer.job.last.success.age", this, JobMeters::age)
        .description("Since the end of the last run that succeeded, in whatever process.")
        .baseUnit("seconds")
        .tags(tags)
        .register(registry);
  }

  void ended(Outcome outcome, Duration took) {
    @Nullable Counter counter = runs.get(outcome);
    if (counter != null) {
      counter.increment();
    }
    duration.record(took);
  }

  void overdue(long count) {
    overdue.increment((double) count);
  }

  /** By the history; null while no run has succeeded. */
  void lastSuccess(@Nullable Instant at) {
    lastSuccess.set(at);
  }

  private double age() {
    @Nullable Instant at = lastSuccess.get();
    return at == null ? Double.NaN : Duration.between(at, clock.instant()).toMillis() / 1e3;
  }
}
