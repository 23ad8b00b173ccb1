package dev.puck.consumer.cache;

import dev.puck.consumer.config.CacheConfig;
import dev.puck.consumer.projection.SourceSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

  private long valueEnd(long committedMillis) {
    return ttl == null ? FOREVER : committedMillis + ttl.toMillis();
  }

  /**
   * When that ends which a truth says.
   *
   * @param value null: that the key is gone
   */
  long end(byte @Nullable [] value, SourceSnapshot truth) {
    return value == null
        ? tombstoneEnd()
        : valueEnd(TimeUnit.MICROSECONDS.toMillis(truth.takenMicros()));
  }

  /** Whether each key that had an entry so long ago still has one, be it a tombstone. */
  boolean isKept(Duration age) {
    return ttl == null && age.compareTo(tombstoneTtl) < 0;
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
