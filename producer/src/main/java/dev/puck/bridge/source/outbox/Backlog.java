package dev.puck.bridge.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private final Snapshot to;
  private final Map<Long, Rank> moved;
  private final FetchSize fetchSize = new FetchSize();
  private final PreparedStatement statement;
  private final ResultSet rows;

  private Backlog(Snapshot to, Map<Long, Rank> moved, PreparedStatement statement, ResultSet rows) {
    this.to = to;
    this.moved = moved;
    this.statement = statement;
    this.rows = rows;
  }

  /**
   * Opens a batch in the connection's transaction, which must be repeatable read and whose snapshot
   * sees {@code to}.
   *
   * @param covered the position before the batch
   * @param to the position after it
   * @param after where a previous reader of the same batch came to; null: at its beginning
   */
  static Backlog open(
      Connection connection, OutboxRules rules, Snapshot covered, Snapshot to, @Nullable Rank after)
      throws SQLException {
    Map<Long, Rank> moved = new BacklogOrder(connection, rules).moved(covered, to);
    PreparedStatement statement =
        connection.prepareStatement(moved.isEmpty() ? byId(rules) : byRank(rules));
    int at = 1;
    if (!moved.isEmpty()) {
      statement.setString(at++, OutboxQuery.array(longs(moved, Map.Entry::getKey)));
      statement.setString(at++, OutboxQuery.array(longs(moved, each -> each.getValue().id())));
      statement.setString(at++, OutboxQuery.array(longs(moved, each -> each.getValue().hop())));
    }
    at = OutboxQuery.bind(statement, at, covered);
    statement.setString(at++, to.text());
    statement.setLong(at++, after == null ? Long.MIN_VALUE : after.id());
    if (!moved.isEmpty()) {
      statement.setInt(at, after == null ? 0 : after.hop());
    }
    return new Backlog(to, moved, statement, fetching(statement));
  }

  /** The next rows, in true order; empty at the end. */
  List<OutboxRow> next() throws SQLException {
    List<OutboxRow> part = new ArrayList<>();
    long bytes = 0;
    while (part.size() < PART_ROWS && bytes < PART_BYTES && rows.next()) {
      OutboxRow row = OutboxRowMapper.row(rows);
      part.add(row);
      bytes += row.sizeInBytes();
    }
    fetchSize.learn(part.size(), bytes);
    rows.setFetchSize(fetchSize.rows());
    return part;
  }

  /** Where a row of this batch stands in it. */
  Rank rankOf(OutboxRow row) {
    return moved.getOrDefault(row.id(), Rank.of(row.id()));
  }

  /** The position after all of it. */
  Snapshot to() {
    return to;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  private static ResultSet fetching(PreparedStatement statement) throws SQLException {
    statement.setFetchSize(new FetchSize().rows());
    return statement.executeQuery();
  }

  private static String byId(OutboxRules rules) {
    return """
        select %s
          from puck.outbox as o
         where %s and pg_visible_in_snapshot(o.xid, ?::pg_snapshot) and o.id > ?
         order by o.id
        """
        .formatted(OutboxRowMapper.COLUMNS, rules.uncovered());
  }

  private static String byRank(OutboxRules rules) {
    return """
        with moved as materialized (
          select *
            from unnest(?::bigint[], ?::bigint[], ?::integer[]) as m (id, follows, hop))
        select %s
          from puck.outbox as o
          left join moved on moved.id = o.id
         where %s and pg_visible_in_snapshot(o.xid, ?::pg_snapshot)
           and (coalesce(moved.follows, o.id), coalesce(moved.hop, 0)) > (?, ?)
         order by coalesce(moved.follows, o.id), coalesce(moved.hop, 0)
        """
        .formatted(OutboxRowMapper.COLUMNS, rules.uncovered());
  }

  private static long[] longs(Map<Long, Rank> moved, ToLongFunction<Map.Entry<Long, Rank>> part) {
    return moved.entrySet().stream().mapToLong(part).toArray();
  }
}
