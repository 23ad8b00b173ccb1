package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Change;
import java.sql.Connection;
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
final class TableScan {
  private final ResultSet rows;
  private final WatchedTable table;
  private final int partRows;
  private final OutboxChanges changes;
  private @Nullable String last;
  private long count;
  private boolean more;

  private TableScan(ResultSet rows, WatchedTable table, int partRows, OutboxChanges changes)
      throws SQLException {
    this.rows = rows;
    this.table = table;
    this.partRows = partRows;
    this.changes = changes;
    this.more = rows.next();
  }

  /**
   * Begins in the connection's transaction, and ends with it at the latest.
   *
   * @param after where the scan before came to; null: at the beginning
   */
  @SuppressWarnings("PMD.CloseResource") // The statement is closed with its result.
  static TableScan open(
      Connection connection,
      WatchedTable table,
      @Nullable String after,
      int partRows,
      OutboxChanges changes)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            "select key, new_row::text, position from puck.starting_rows(?, ?, ?)");
    statement.closeOnCompletion();
    statement.setInt(1, table.id());
    statement.setString(2, after);
    statement.setInt(3, partRows);
    statement.setFetchSize(partRows);
    return new TableScan(statement.executeQuery(), table, partRows, changes);
  }

  /** The next part. */
  List<Change> next() throws SQLException {
    List<Change> part = new ArrayList<>();
    while (more && part.size() < partRows) {
      part.add(
          changes.read(table.relation(), table.id(), rows.getString(1), rows.getString(2), count));
      last = rows.getString(3);
      count++;
      more = rows.next();
    }
    if (!more) {
      rows.close();
    }
    return part;
  }

  /** Whether rows are left that belong together with those read: there is no place to go on. */
  boolean isUnfinished() {
    return more;
  }

  /** Whether the table has no more rows. */
  boolean isTheEnd() {
    return !more && (last == null || count < partRows);
  }

  /** Where the next scan goes on; null: nowhere. */
  @Nullable String last() {
    return last;
  }
}
