package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table's rows were captured as. Does for a row what the view {@code puck.outbox} does.
 *
 * @param keyColumns of the primary key, each as a JSON string; empty without one
 */
record Capture(String schema, String table, List<String> keyColumns) {
  Capture {
    keyColumns = List.copyOf(keyColumns);
  }

  /** The row with what its table tells. Its keys, if given, were found when it was captured. */
  OutboxRow of(OutboxRow row) {
    @Nullable String key = row.key();
    @Nullable String oldKey = row.oldKey();
    if (key == null) {
      key = keyIn(row.newRow() == null ? row.oldRow() : row.newRow());
      oldKey = row.newRow() == null ? null : keyIn(row.oldRow());
    }
    return new OutboxRow(
        row.id(),
        row.xid(),
        row.atMicros(),
        row.relid(),
        row.oldCtid(),
        row.newCtid(),
        OutboxRow.ROW,
        operation(row),
        schema,
        table,
        key,
        oldKey == null || oldKey.equals(key) ? null : oldKey,
        row.oldRow(),
        row.newRow(),
        row.payload(),
        null);
  }

  private static char operation(OutboxRow row) {
    if (row.newRow() != null) {
      return row.oldRow() == null ? OutboxRow.CREATE : OutboxRow.UPDATE;
    }
    if (row.oldRow() != null) {
      return OutboxRow.DELETE;
    }
    return row.newCtid() == null ? OutboxRow.TRUNCATE : OutboxRow.LINK;
  }

  private @Nullable String keyIn(@Nullable Utf8 image) {
    return image == null || keyColumns.isEmpty() ? null : ImageKey.in(image, keyColumns);
  }
}
