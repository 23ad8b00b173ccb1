package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.RowSchema;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.outbox.ImageMapping.Image;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rows were captured as: {@code puck.capture}, asked for each once, since none ever changes.
 * Owned by one thread.
 */
final class Captures {
  private static final String ONE =
      """
      select schema_name, table_name, puck.shape(fields, key_columns)
        from puck.capture
       where id = ?
      """;

  private final Connection connection;
  private final ImageMappings mappings;
  private final Map<Integer, Capture> byId = new HashMap<>();

  Captures(Connection connection, SourceListener listener) {
    this.connection = connection;
    this.mappings = new ImageMappings(connection, listener);
  }

  /**
   * What a captured row becomes.
   *
   * @param capture its id, of a row that the connection's transaction sees
   * @param shape the row's own; null: its capture's
   */
  Image image(int capture, @Nullable String shape, Utf8 record) throws SQLException {
    return mappings.map(shape == null ? get(capture).shape() : shape, record);
  }

  /** The row with what its capture tells; parameters as of {@link #image}. */
  OutboxRow complete(OutboxRow row, int capture, @Nullable String shape) throws SQLException {
    Capture captured = get(capture);
    @Nullable Image before = row.oldRow() == null ? null : image(capture, shape, row.oldRow());
    @Nullable Image after = row.newRow() == null ? null : image(capture, shape, row.newRow());
    @Nullable String oldKey = before == null ? null : before.key();
    @Nullable String key = after == null ? oldKey : after.key();
    return new OutboxRow(
        row.id(),
        row.xid(),
        row.atMicros(),
        row.relid(),
        row.oldCtid(),
        row.newCtid(),
        OutboxRow.ROW,
        operation(row),
        captured.schema(),
        captured.table(),
        key,
        oldKey == null || oldKey.equals(key) ? null : oldKey,
        before == null ? null : before.row(),
        after == null ? null : after.row(),
        row.payload(),
        null,
        schema(before, after));
  }

  private static @Nullable RowSchema schema(@Nullable Image before, @Nullable Image after) {
    if (after != null) {
      return after.schema();
    }
    return before == null ? null : before.schema();
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

  private Capture get(int id) throws SQLException {
    @Nullable Capture known = byId.get(id);
    if (known == null) {
      known = read(id);
      byId.put(id, known);
    }
    return known;
  }

  private Capture read(int id) throws SQLException {
    try (PreparedStatement one = connection.prepareStatement(ONE)) {
      one.setInt(1, id);
      try (ResultSet row = one.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException(
              "The outbox has a row of capture " + id + ", which is not in puck.capture");
        }
        return new Capture(row.getString(1), row.getString(2), row.getString(3));
      }
    }
  }
}
