package dev.puck.consumer.cache;

import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.event.EventPosition;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The latest of a key, as a reader sees it. Whoever holds it must not change the array.
 *
 * @param position of the newest event that it has
 * @param snapshot under which the value was read from the truth; null: it is an event's
 * @param xid the transaction whose event it is, where known
 * @param committedMicros when that was committed at the earliest, where known
 * @param value JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // A value's bytes, which nobody compares.
public record CacheEntry(
    EventPosition position,
    @Nullable SourceSnapshot snapshot,
    OptionalLong xid,
    OptionalLong committedMicros,
    byte[] value) {
  /**
   * Whether that snapshot is at least as new as this. Of an event without a transaction id only its
   * time tells, as exactly as the clocks agree.
   */
  boolean isSeenBy(SourceSnapshot truth) {
    if (snapshot != null) {
      return snapshot.takenMicros() < truth.takenMicros();
    }
    return xid.isEmpty()
        ? committedMicros.isPresent() && committedMicros.getAsLong() <= truth.takenMicros()
        : truth.sees(xid, committedMicros);
  }

  /**
   * Two values of a key have two versions, and of two versions the later is the greater text: the
   * position, and of a value that was read from the truth, {@code @} and when.
   */
  public String version() {
    return snapshot == null ? position.text() : position.text() + "@" + snapshot.takenMicros();
  }
}
