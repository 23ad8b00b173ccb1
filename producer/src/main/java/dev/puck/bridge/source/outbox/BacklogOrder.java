package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;
import dev.puck.service.config.ConfigException;
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
 * tells in which transactions and tables that may be; of those alone, what their order depends on
 * is loaded: a few hundred bytes for each change.
 */
final class BacklogOrder {
  /**
   * Tables of a transaction with a change captured before the one that it continues, or with a key
   * whose comings and goings are captured otherwise than "gone, come, gone, …, come", each row that
   * comes being the next that goes.
   *
   * <p>It is, if what went was left by a change that was captured no earlier than the coming. A row
   * that was there before the transaction may have been changed in it, too: but by a statement that
   * ended, with its captures, before the one that deletes the row, in whose midst the key comes
   * back; or by one that is not over then, whose capture follows that of the deletion.
   *
   * <p>Of most transactions nothing need be asked: creations alone, and one change alone, cannot be
   * in disorder.
   */
  private static final String DOUBTFUL =
      """
      with several as materialized (
        select o.xid
          from %2$s as o
         where %1$s and pg_visible_in_snapshot(o.xid, ?::pg_snapshot)
         group by o.xid
        having count(o.capture) > 1 and count(o.old_ctid) > 0
      ),
      change as materialized (
        select o.id, o.xid, o.relid, o.old_ctid, o.new_ctid, o.op, o.schema_name, o.name, o.key,
               o.old_key
          from puck.outbox as o
         where o.xid in (select xid from several)
           and %1$s and o.kind = 'r' and o.op <> 't'
      ),
      gone as (
        select id, xid, schema_name, name, relid, old_ctid as place,
               case when op = 'd' then key else old_key end as key
          from change
         where (op = 'd' or old_key is not null) and key is not null
      ),
      come as (
        select id, xid, schema_name, name, key
          from change
         where (op = 'c' or old_key is not null)
           and (xid, schema_name, name, key) in (select xid, schema_name, name, key from gone)
      ),
      turn as (
        select *, lag(comes) over same_key as came_before, lag(id) over same_key as id_before
          from (select id, xid, schema_name, name, key, relid, place, false as comes
                  from gone
                 where (xid, schema_name, name, key) in (
                         select xid, schema_name, name, key from come)
                 union all
                select id, xid, schema_name, name, key, null, null, true from come) as event
        window same_key as (partition by xid, schema_name, name, key order by id)
      )
      select next.xid::text, next.schema_name, next.name
        from change as next
        join change as continued
          on continued.xid = next.xid and continued.relid = next.relid
         and continued.new_ctid = next.old_ctid
       where continued.id > next.id
       union
      select xid::text, schema_name, name
        from turn
       where came_before = comes
       union
      select xid::text, schema_name, name
        from turn
       where came_before and not comes
         and not exists (
               select from change as left_it
                where left_it.xid = turn.xid and left_it.relid = turn.relid
                  and left_it.new_ctid = turn.place
                  and left_it.id >= turn.id_before and left_it.id < turn.id)
      """;

  private static final String CHANGES =
      """
      select o.id, o.relid, o.old_ctid::text, o.new_ctid::text, o.op::text, o.key, o.old_key,
             hashtextextended(o.old_row::text, 0), hashtextextended(o.new_row::text, 0)
        from puck.outbox as o
       where o.xid = ?::xid8 and o.kind = 'r' and o.schema_name = ? and o.name = ?
       order by o.id
      """;

  private static final String COUNT =
      """
      select count(*)
        from puck.outbox as o
       where o.xid = ?::xid8 and o.kind = 'r' and o.schema_name = ? and o.name = ?
      """;

  private final Connection connection;
  private final OutboxRules rules;
  private final OrderMemory memory;

  BacklogOrder(Connection connection, OutboxRules rules) {
    this.connection = connection;
    this.rules = rules;
    this.memory = OrderMemory.ofThisProcess();
  }

  /** What a transaction did to a table, whose captures may be out of order. */
  record Doubt(long xid, String schema, String table) {}

  /**
   * The ranks of those that moved, by id.
   *
   * @throws ConfigException if memory does not suffice to tell
   */
  Map<Long, Rank> moved(Snapshot covered, Snapshot to) throws SQLException {
    Map<Long, Rank> moved = new HashMap<>();
    for (Doubt doubt : doubtful(covered, to)) {
      requireMemory(doubt);
      moved.putAll(VersionOrder.moved(versions(doubt)));
    }
    return moved;
  }

  /** Each once. */
  List<Doubt> doubtful(Snapshot covered, Snapshot to) throws SQLException {
    List<Doubt> doubtful = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(DOUBTFUL.formatted(rules.uncovered(), OutboxCursor.OUTBOX))) {
      int next = OutboxQuery.bind(statement, 1, covered);
      statement.setString(next, to.text());
      OutboxQuery.bind(statement, next + 1, covered);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          doubtful.add(
              new Doubt(Long.parseLong(row.getString(1)), row.getString(2), row.getString(3)));
        }
      }
    }
    return doubtful;
  }

  private void requireMemory(Doubt doubt) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      bind(statement, doubt);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        memory.require(row.getLong(1), doubt);
      }
    }
  }

  private List<Version> versions(Doubt doubt) throws SQLException {
    Versions versions = new Versions();
    try (PreparedStatement statement = connection.prepareStatement(CHANGES)) {
      bind(statement, doubt);
      statement.setFetchSize(FetchSize.SMALL_ROWS);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          versions.add(change(doubt, row), row.getLong(8), row.getLong(9));
        }
      }
    }
    return versions.all();
  }

  private static void bind(PreparedStatement statement, Doubt doubt) throws SQLException {
    statement.setString(1, Long.toString(doubt.xid));
    statement.setString(2, doubt.schema);
    statement.setString(3, doubt.table);
  }

  /** As far as its order depends on it. */
  private static OutboxRow change(Doubt doubt, ResultSet row) throws SQLException {
    return new OutboxRow(
        row.getLong(1),
        doubt.xid,
        0,
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        'r',
        row.getString(5).charAt(0),
        doubt.schema,
        doubt.table,
        row.getString(6),
        row.getString(7),
        null,
        null,
        null,
        null,
        null);
  }
}
