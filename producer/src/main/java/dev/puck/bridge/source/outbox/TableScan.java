package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.outbox.ImageMapping.Image;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table's starting state: a range of its keys; or all, in parts, where it has no key from
 * which one could go on. Owned by one thread.
 */
final class TableScan implements AutoCloseable {
  private static final int FIRST_FETCH = 32;
  private static final long PART_BYTES = 2 << 20;

  private final WatchedTable table;
  private final int maxRows;
  private final OutboxChanges changes;
  private final Captures captures;
  private final PreparedStatement statement;
  private final FetchSize fetchSize = new FetchSize(FIRST_FETCH);
  private final ResultSet rows;
  private @Nullable String last;
  private long count;
  private boolean more = true;

  /**
   * Begins in the connection's transaction, and ends with it at the latest.
   *
   * @param after where the scan before came to; null: at the beginning
   * @param maxRows at most so many in a range, or in a part
   */
  TableScan(
      OutboxSession session,
      WatchedTable table,
      @Nullable String after,
      int maxRows,
      OutboxChanges changes)
      throws SQLException {
    this.table = table;
    this.maxRows = maxRows;
    this.changes = changes;
    this.captures = session.captures();
    this.statement =
        session
            .connection()
            .prepareStatement(
                """
            select capture,
                   case when (details).fields is not null then
                     puck.shape((details).fields, (details).key_columns)
                   end,
                   new_row, position
              from puck.starting_rows(?, ?, ?)
            """);
    statement.setInt(1, table.id());
    statement.setString(2, after);
    statement.setInt(3, maxRows);
    statement.setFetchSize(fetchSize.rows());
    this.rows = statement.executeQuery();
    advance();
  }

  /** The next part; of a range the only one. */
  List<RowChange> next() throws SQLException {
    List<RowChange> part = new ArrayList<>();
    long bytes = 0;
    while (more && part.size() < maxRows && bytes < PART_BYTES) {
      Image image = captures.image(rows.getInt(1), rows.getString(2), Utf8.wrap(rows.getBytes(3)));
      RowChange row = changes.read(table.relation(), table.id(), image, count);
      last = rows.getString(4);
      part.add(row);
      bytes += row.sizeInBytes();
      if (fetchSize.read(row.sizeInBytes())) {
        rows.setFetchSize(fetchSize.rows());
      }
      count++;
      advance();
    }
    return part;
  }

  /** Whether rows are left that belong together with those read: there is no place to go on. */
  boolean isUnfinished() {
    return more && last == null;
  }

  /** Whether rows of the range are left, since those read are large. */
  boolean isCutShort() {
    return more && last != null;
  }

  /** Whether the table has no more rows. */
  boolean isTheEnd() {
    return !more && (last == null || count < maxRows);
  }

  /** Where the next scan goes on; null: nowhere. */
  @Nullable String last() {
    return last;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  private void advance() throws SQLException {
    more = rows.next();
  }
}
