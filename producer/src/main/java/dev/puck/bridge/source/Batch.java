package dev.puck.bridge.source;

import java.time.Instant;
import java.util.List;

/**
 * Changes in the order in which the source guarantees them.
 *
 * @param changes may be empty: then only {@code through} is news
 * @param through everything that happened before this moment is in this batch or an earlier one
 */
public record Batch(List<Change> changes, Instant through) {
  public Batch {
    changes = List.copyOf(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** About how many bytes of memory it takes while it waits. */
  public long sizeInBytes() {
    return changes.stream().mapToLong(Change::sizeInBytes).sum();
  }
}
