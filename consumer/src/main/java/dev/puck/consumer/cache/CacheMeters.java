package dev.puck.consumer.cache;

import dev.puck.consumer.projection.ProjectionKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The meters of one cache, bound once. Thread-safe. */
final class CacheMeters {
  private final MeterRegistry registry;
  private final Tags tags;
  final Counter staleWrites;
  final Counter coalesced;
  final Counter hits;
  final Counter misses;
  final Counter flushes;

  CacheMeters(MeterRegistry registry, String cache) {
    this.registry = registry;
    this.tags = Tags.of("kind", ProjectionKind.CACHE.text(), "projection", cache);
    staleWrites = counter("stale.writes", "Events older than the entry, which were refused.");
    coalesced = counter("coalesced", "Events not written, since their batch had a newer one.");
    hits = counter("hits", "Keys that were asked for and found.");
    misses = counter("misses", "Keys that were asked for and not found.");
    flushes = counter("flushes", "Times that the store had lost its entries.");
  }

  <T> void gauge(String name, String description, T store, ToLongFunction<T> value) {
    Gauge.builder("puck.consumer.cache." + name, store, s -> (double) value.applyAsLong(s))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("puck.consumer.cache." + name)
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
