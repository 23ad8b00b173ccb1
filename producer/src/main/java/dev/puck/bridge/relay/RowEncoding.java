package dev.puck.bridge.relay;

import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Utf8;
import org.jspecify.annotations.Nullable;

/** Writes keys and values of row changes in one format. Not thread-safe. */
interface RowEncoding {
  /** The record's key, of the row's key as JSON: that itself, unless the format says otherwise. */
  default byte[] key(RowChange change, String key) {
    return Utf8Buffer.utf8(key);
  }

  /**
   * The record's value.
   *
   * @param op its letter, which may be that of a part of the change
   * @param before the row before as JSON; null: none
   * @param after the row after as JSON; null: none
   * @param order which of its transaction's changes it is; null: not told
   */
  byte[] value(
      RowChange change,
      String op,
      @Nullable Utf8 before,
      @Nullable Utf8 after,
      @Nullable TransactionOrder order);

  /** Whether a deletion under a key is told by its tombstone alone. */
  default boolean deletesByTombstone() {
    return false;
  }
}
