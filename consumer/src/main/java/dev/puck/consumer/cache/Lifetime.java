package dev.puck.consumer.cache;

import dev.puck.consumer.config.CacheConfig;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long entries are kept.
 *
 * @param ttl how long a value is served, from its commit on; null: until it is replaced
 * @param tombstoneTtl how long is known that a key is gone, from then on
 * @param clock that tells when a time is over
 */
record Lifetime(@Nullable Duration ttl, Duration tombstoneTtl, Clock clock) {
  /** For good. */
  static final long FOREVER = 0;

  static Lifetime of(CacheConfig config, Clock clock) {
    return new Lifetime(config.ttl(), config.tombstoneTtl(), clock);
  }

  /** When the event's entry ends, in milliseconds since 1970. */
  long end(CacheEvent event) {
    if (event.isDeletion()) {
      return tombstoneEnd();
    }
    return ttl == null ? FOREVER : valueEnd(event.committedMillis(clock.millis()));
  }

  /** When a value of that time ends. */
  long valueEnd(long committedMillis) {
    return ttl == null ? FOREVER : committedMillis + ttl.toMillis();
  }

  long tombstoneEnd() {
    return clock.millis() + tombstoneTtl.toMillis();
  }

  boolean isOver(long end) {
    return end != FOREVER && clock.millis() >= end;
  }

  /** How often to look for what is over. */
  Duration sweepInterval() {
    Duration shortest = ttl == null || tombstoneTtl.compareTo(ttl) < 0 ? tombstoneTtl : ttl;
    return shortest.dividedBy(10);
  }
}
