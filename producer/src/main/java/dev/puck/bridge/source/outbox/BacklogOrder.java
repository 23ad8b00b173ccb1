package dev.puck.bridge.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which rows of a batch too large for memory do not stand where their id says. The database
 * tells in which transactions that may be; of those alone, what their order depends on is loaded:
 * about a hundred bytes for each change.
 */
final class BacklogOrder {
  /**
   * Transactions with a change captured before the one that it continues, or with a key that was
   * given before it was taken.
   */
  private static final String DOUBTFUL =
      """
      with change as materialized (
        select o.id, o.xid, o.relid, o.old_ctid, o.new_ctid, o.op, o.name, o.key, o.old_key
          from puck.outbox as o
         where %s and pg_visible_in_snapshot(o.xid, ?::pg_snapshot) and o.kind = 'r' and o.op <> 't'
      ),
      tenure as (
        select xid, name, key, id as begun_at, null::bigint as ended_at from change where op = 'c'
         union all
        select xid, name, key, null, id from change where op = 'd'
         union all
        select xid, name, key, id, null from change where op = 'u' and old_key is not null
         union all
        select xid, name, old_key, null, id from change where op = 'u' and old_key is not null
      )
      select next.xid::text
        from change as next
        join change as continued
          on continued.xid = next.xid and continued.relid = next.relid
         and continued.new_ctid = next.old_ctid
       where continued.id > next.id
       union
      select xid::text
        from tenure
       where key is not null
       group by xid, name, key
      having min(begun_at) < max(ended_at)
      """;

  private static final String VERSIONS =
      """
      select o.id, o.relid, o.old_ctid::text, o.new_ctid::text, o.op::text, o.name, o.key,
             o.old_key, hashtextextended(o.old_row::text, 0), hashtextextended(o.new_row::text, 0)
        from puck.outbox as o
       where o.xid = ?::xid8 and o.kind = 'r' and o.op <> 't'
       order by o.id
      """;

  private final Connection connection;
  private final OutboxRules rules;

  BacklogOrder(Connection connection, OutboxRules rules) {
    this.connection = connection;
    this.rules = rules;
  }

  /** The ranks of those that moved, by id. */
  Map<Long, Rank> moved(Snapshot covered, Snapshot to) throws SQLException {
    Map<Long, Rank> moved = new HashMap<>();
    for (long xid : doubtful(covered, to)) {
      moved.putAll(VersionOrder.moved(versions(xid)));
    }
    return moved;
  }

  private List<Long> doubtful(Snapshot covered, Snapshot to) throws SQLException {
    List<Long> doubtful = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(DOUBTFUL.formatted(rules.uncovered()))) {
      int next = OutboxQuery.bind(statement, 1, covered);
      statement.setString(next, to.text());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          doubtful.add(Long.parseLong(row.getString(1)));
        }
      }
    }
    return doubtful;
  }

  private List<Version> versions(long xid) throws SQLException {
    List<Version> versions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(VERSIONS)) {
      statement.setString(1, Long.toString(xid));
      statement.setFetchSize(new FetchSize().rows());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          versions.add(version(xid, row));
        }
      }
    }
    return versions;
  }

  private static Version version(long xid, ResultSet row) throws SQLException {
    char op = row.getString(5).charAt(0);
    String table = row.getString(6);
    String key = row.getString(7);
    String oldKey = row.getString(8);
    return new Version(
        row.getLong(1),
        xid,
        row.getLong(2),
        Version.ctid(row.getString(3)),
        Version.ctid(row.getString(4)),
        row.getLong(9),
        row.getLong(10),
        Version.ended(op, table, key, oldKey),
        Version.begun(op, table, key, oldKey));
  }
}
