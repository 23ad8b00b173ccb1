package dev.puck.consumer.cache;

import dev.puck.consumer.projection.SourceSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a store has of a key, held against a snapshot of the source. Whoever holds it must not
 * change the array.
 *
 * @param version as {@link CacheEntry#version}
 * @param value JSON in UTF-8; null: it is a tombstone
 * @param isTold whether it tells its transaction, or was read from the truth; else {@code isSeen}
 *     means nothing
 * @param isSeen whether the snapshot is at least as new
 */
@SuppressWarnings("ArrayRecordComponent") // A value's bytes, which nobody compares.
record Held(String version, byte @Nullable [] value, boolean isTold, boolean isSeen) {
  /** An entry; {@code value} again, since a tombstone has none. */
  static Held of(CacheEntry entry, byte @Nullable [] value, SourceSnapshot truth) {
    return new Held(
        entry.version(),
        value,
        entry.snapshot() != null || entry.xid().isPresent(),
        entry.isSeenBy(truth));
  }
}
