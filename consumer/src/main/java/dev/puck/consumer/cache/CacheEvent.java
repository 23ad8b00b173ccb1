package dev.puck.consumer.cache;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.event.EventPosition;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about a key. Whoever holds it must not change the array.
 *
 * @param position its place in the order of publishing, the version that it brings
 * @param value JSON in UTF-8; null: the key is gone
 * @param event where it comes from
 */
@SuppressWarnings("ArrayRecordComponent") // A value's bytes, which nobody compares.
record CacheEvent(
    String key, EventPosition position, byte @Nullable [] value, IncomingEvent event) {
  /** Bridges count epochs from 1, so that what has no position is older than what they publish. */
  private static final int FOREIGN_EPOCH = 0;

  boolean isDeletion() {
    return value == null;
  }

  /** When it was committed, by what is known of it, in milliseconds since 1970; at most now. */
  long committedMillis(long now) {
    OptionalLong committed = event.committedMicros();
    long written = event.record().timestamp();
    if (committed.isPresent()) {
      return Math.min(now, TimeUnit.MICROSECONDS.toMillis(committed.getAsLong()));
    }
    return written < 0 ? now : Math.min(now, written);
  }

  /** The event's position; of a foreign producer's the order of offsets. */
  static EventPosition position(IncomingEvent event) {
    return event
        .position()
        .orElseGet(() -> new EventPosition(FOREIGN_EPOCH, event.record().offset(), 1));
  }
}
