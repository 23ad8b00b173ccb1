package dev.puck.bridge.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes in the order in which the source guarantees them.
 *
 * @param changes may be empty: then only position and {@code through} are news
 * @param position where the source stands after them; null: they belong together with the next
 *     batch, and must not be seen without it
 * @param through everything that happened before this moment is in this batch or an earlier one
 * @param committedAfter a moment before which none of them was committed; null: unknown
 */
public record Batch(
    List<Change> changes,
    @Nullable Position position,
    Instant through,
    @Nullable Instant committedAfter) {
  public Batch {
    changes = List.copyOf(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** About how many bytes of memory it takes while it waits. */
  public long sizeInBytes() {
    long size = 0;
    for (Change change : changes) {
      size += change.sizeInBytes();
    }
    return size;
  }
}
