package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is too large for memory, read through one cursor in parts, each of which ends at a
 * rank from which another process can go on. Holds its transaction open until it is closed. Owned
 * by one thread.
 */
final class Backlog implements AutoCloseable {
  private static final int PART_ROWS = 10_000;
  private static final long PART_BYTES = 2 << 20;

  /** Of a row, among those that are read here: what was read before cannot be the last. */
  private static final String IS_LAST =
      "lead(0) over (partition by xid order by follows, hop) is null";

  private final Bounds bounds;
  private final Map<Long, Rank> moved;
  private final PreparedStatement statement;
  private final OutboxCursor rows;

  private Backlog(
      Bounds bounds, Map<Long, Rank> moved, PreparedStatement statement, OutboxCursor rows) {
    this.bounds = bounds;
    this.moved = moved;
    this.statement = statement;
    this.rows = rows;
  }

  /**
   * Which rows it has.
   *
   * @param covered the position before the batch
   * @param to the position after it
   * @param after where a previous reader of the same batch came to; null: at its beginning
   * @param at the database's time just before {@code to} was taken; null: unknown
   */
  record Bounds(Snapshot covered, Snapshot to, @Nullable Rank after, @Nullable Instant at) {}

  /**
   * Opens a batch, with or without a word on where a transaction ends, in the connection's
   * transaction, which must be repeatable read and whose snapshot sees what {@link Bounds#to} sees.
   */
  @SuppressWarnings("PMD.CloseResource") // The statement is closed with the backlog.
  static Backlog open(
      Connection connection,
      OutboxRules rules,
      Captures captures,
      Bounds bounds,
      boolean areEndsTold)
      throws SQLException {
    Map<Long, Rank> moved =
        new BacklogOrder(connection, rules).moved(bounds.covered(), bounds.to());
    PreparedStatement statement = connection.prepareStatement(sql(rules, areEndsTold));
    statement.setString(1, OutboxQuery.array(longs(moved, Map.Entry::getKey)));
    statement.setString(2, OutboxQuery.array(longs(moved, each -> each.getValue().id())));
    statement.setString(3, OutboxQuery.array(longs(moved, each -> each.getValue().hop())));
    int next = OutboxQuery.bind(statement, 4, bounds.covered());
    @Nullable Rank after = bounds.after();
    statement.setString(next, bounds.to().text());
    statement.setLong(next + 1, after == null ? Long.MIN_VALUE : after.id());
    statement.setInt(next + 2, after == null ? 0 : after.hop());
    OutboxCursor rows = OutboxCursor.open(statement, captures);
    return new Backlog(bounds, moved, statement, rows);
  }

  /**
   * The next rows, in true order; empty at the end.
   *
   * @param last takes the ids of those behind which their transaction's end is told
   */
  List<OutboxRow> next(Set<Long> last) throws SQLException {
    List<OutboxRow> part = new ArrayList<>();
    long bytes = 0;
    while (part.size() < PART_ROWS && bytes < PART_BYTES) {
      @Nullable OutboxRow row = rows.next();
      if (row == null) {
        break;
      }
      part.add(row);
      bytes += row.sizeInBytes();
      if (rows.isFlagged()) {
        last.add(row.id());
      }
    }
    return part;
  }

  /** Where a row of this batch stands in it. */
  Rank rankOf(OutboxRow row) {
    return moved.getOrDefault(row.id(), Rank.of(row.id()));
  }

  Bounds bounds() {
    return bounds;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  private static String sql(OutboxRules rules, boolean areEndsTold) {
    return """
        with moved as materialized (
          select *
            from unnest(?::bigint[], ?::bigint[], ?::integer[]) as m (id, follows, hop))
        select %s, o.is_last
          from (select *, %s as is_last
                  from (select o.*, coalesce(moved.follows, o.id) as follows,
                               coalesce(moved.hop, 0) as hop
                          from %s as o
                          left join moved on moved.id = o.id
                         where %s and pg_visible_in_snapshot(o.xid, ?::pg_snapshot)) as o
                 where (follows, hop) > (?, ?)
                 order by follows, hop
                offset 0) as o
         order by o.follows, o.hop
        """
        .formatted(
            OutboxCursor.COLUMNS,
            areEndsTold ? IS_LAST : "false",
            OutboxCursor.OUTBOX,
            rules.uncovered());
  }

  private static long[] longs(Map<Long, Rank> moved, ToLongFunction<Map.Entry<Long, Rank>> part) {
    return moved.entrySet().stream().mapToLong(part).toArray();
  }
}
