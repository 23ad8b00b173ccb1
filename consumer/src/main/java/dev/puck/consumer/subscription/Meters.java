package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.ProjectionState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** The meters of one projection, bound once. Thread-safe. */
final class Meters {
  final Counter events;
  final Counter deadLetters;
  final Counter gaps;
  final Counter tombstones;
  final Counter fenced;
  final Timer apply;
  final Timer staleness;

  Meters(MeterRegistry registry, Progress progress) {
    Tags tags =
        Tags.of(
            "kind", progress.projection().kind().text(),
            "projection", progress.projection().name());
    events = counter(registry, tags, "events", "Events applied.");
    deadLetters = counter(registry, tags, "dead.letters", "Events that could not be applied.");
    gaps = counter(registry, tags, "gaps", "Intervals in which events may be missing.");
    tombstones = counter(registry, tags, "tombstones", "Records without a payload.");
    fenced = counter(registry, tags, "fenced", "Batches that another process had applied.");
    apply =
        timer("puck.consumer.apply", tags, "From a poll's return to its events' visibility.")
            .serviceLevelObjectives(millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000))
            .register(registry);
    staleness =
        timer("puck.consumer.staleness", tags, "From commit at the source to visibility here.")
            .serviceLevelObjectives(
                millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 60_000))
            .register(registry);
    Gauge.builder("puck.consumer.lag.records", progress, Meters::lag)
        .description("Records in Kafka that are not applied yet.")
        .tags(tags)
        .register(registry);
    for (ProjectionState state : ProjectionState.values()) {
      Gauge.builder("puck.consumer.state", progress, p -> p.state() == state ? 1 : 0)
          .description("1 for the state that the projection is in, 0 for the others.")
          .tags(tags.and("state", state.text()))
          .register(registry);
    }
  }

  private static double lag(Progress progress) {
    long records = progress.lag();
    return records == Progress.UNKNOWN_LAG ? Double.NaN : records;
  }

  private static Counter counter(
      MeterRegistry registry, Tags tags, String name, String description) {
    return Counter.builder("puck.consumer." + name)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private static Timer.Builder timer(String name, Tags tags, String description) {
    return Timer.builder(name).description(description).tags(tags);
  }

  private static Duration[] millis(long... bounds) {
    Duration[] durations = new Duration[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      durations[i] = Duration.ofMillis(bounds[i]);
    }
    return durations;
  }
}
