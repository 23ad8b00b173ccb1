package dev.puck.consumer.cache;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.event.EventPosition;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The latest of a key in memory; a tombstone where it has no value. Immutable: it is replaced
 * whole, so that readers need no lock. There are millions of them.
 */
final class MemoryEntry {
  private static final long UNKNOWN = -1;
  private static final byte[] NO_VALUE = {};
  private static final EventPosition NOTHING = new EventPosition(0, 0, 0);

  final EventPosition position;
  final byte @Nullable [] value;
  final long end;
  private final long xid;
  private final long committedMicros;
  private final @Nullable TopicPartition from;
  private final @Nullable SourceSnapshot snapshot;

  private MemoryEntry(
      EventPosition position,
      byte @Nullable [] value,
      long end,
      long xid,
      long committedMicros,
      @Nullable TopicPartition from,
      @Nullable SourceSnapshot snapshot) {
    this.position = position;
    this.value = value;
    this.end = end;
    this.xid = xid;
    this.committedMicros = committedMicros;
    this.from = from;
    this.snapshot = snapshot;
  }

  /** What the event says. */
  static MemoryEntry of(CacheEvent event, TopicPartition from, long end) {
    return new MemoryEntry(
        event.position(),
        event.value(),
        end,
        event.event().xid().orElse(UNKNOWN),
        event.event().committedMicros().orElse(UNKNOWN),
        from,
        null);
  }

  /** What the truth says of a key that had {@code was}. */
  static MemoryEntry of(
      @Nullable MemoryEntry was, byte @Nullable [] value, SourceSnapshot snapshot, long end) {
    return new MemoryEntry(
        was == null ? NOTHING : was.position,
        value,
        end,
        UNKNOWN,
        UNKNOWN,
        was == null ? null : was.from,
        snapshot);
  }

  /** The same, which has that event already. */
  MemoryEntry movedTo(EventPosition later, TopicPartition partition) {
    return new MemoryEntry(later, value, end, xid, committedMicros, partition, snapshot);
  }

  /** Nothing any more, as of that truncate. */
  MemoryEntry truncated(CacheStore.Truncate truncate, long tombstoneEnd) {
    return new MemoryEntry(
        truncate.position(),
        null,
        tombstoneEnd,
        truncate.event().xid().orElse(UNKNOWN),
        truncate.event().committedMicros().orElse(UNKNOWN),
        truncate.partition(),
        null);
  }

  boolean isTombstone() {
    return value == null;
  }

  /** Whether its value was read from the truth, which had the event already. */
  boolean has(IncomingEvent event) {
    return snapshot != null && snapshot.sees(event);
  }

  /** Whether that snapshot is at least as new as this, as {@link CacheEntry#isSeenBy}. */
  boolean isSeenBy(SourceSnapshot truth) {
    return entry(NO_VALUE).isSeenBy(truth);
  }

  /** As an audit sees it. */
  Held held(SourceSnapshot truth) {
    return Held.of(entry(NO_VALUE), value, truth);
  }

  /** Whether it was said by that partition; the truth's rows may be any partition's. */
  boolean isFrom(TopicPartition partition, boolean onlyTopic) {
    return from == null ? onlyTopic : from.equals(partition);
  }

  CacheEntry entry(byte[] present) {
    return new CacheEntry(position, snapshot, known(xid), known(committedMicros), present);
  }

  private static OptionalLong known(long number) {
    return number == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
