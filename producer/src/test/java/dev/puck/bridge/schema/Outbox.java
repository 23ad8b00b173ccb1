package dev.puck.bridge.schema;

import dev.puck.bridge.source.outbox.CapturedRows;
import dev.puck.bridge.source.outbox.OutboxRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a test finds in the outbox, as the bridge reads it. */
final class Outbox {
  private Outbox() {}

  /** Of each row, in order of capture: operation, table, key. */
  static List<String> changes(Connection connection) throws SQLException {
    return tell(
        connection,
        row -> row.op() + " " + row.name() + " " + Objects.requireNonNullElse(row.key(), "-"));
  }

  /** Each row's image after the change, or null, in order of capture. */
  static List<String> images(Connection connection) throws SQLException {
    return tell(connection, row -> String.valueOf(row.newRow()));
  }

  /** The newest row's image after the change. */
  static String newest(Connection connection) throws SQLException {
    List<String> images = images(connection);
    return images.get(images.size() - 1);
  }

  /** Something of each row, in order of capture. */
  static List<String> tell(Connection connection, Function<OutboxRow, String> what)
      throws SQLException {
    return new CapturedRows(connection).captured().stream().map(what).toList();
  }

  /** Something of each change to a row, in the order of the chain of their ctids. */
  static List<String> chained(Connection connection, Function<OutboxRow, String> what)
      throws SQLException {
    Map<Long, OutboxRow> byId =
        new CapturedRows(connection)
            .captured().stream().collect(Collectors.toMap(OutboxRow::id, row -> row));
    List<String> told = new ArrayList<>();
    for (String id : chainedIds(connection)) {
      told.add(what.apply(Objects.requireNonNull(byId.get(Long.parseLong(id)))));
    }
    return told;
  }

  static void clear(Connection connection) throws SQLException {
    Sql.run(connection, "truncate puck.outbox_0, puck.outbox_1, puck.outbox_2");
  }

  private static List<String> chainedIds(Connection connection) throws SQLException {
    return Sql.column(
        connection,
        """
        with recursive chain as (
          select o.*, 1 as link
            from puck.outbox as o
           where o.kind = 'r'
             and not exists (
                   select from puck.outbox as earlier
                    where earlier.xid = o.xid and earlier.relid = o.relid
                      and earlier.new_ctid = o.old_ctid)
           union all
          select later.*, chain.link + 1
            from chain
            join puck.outbox as later
              on later.xid = chain.xid and later.relid = chain.relid
             and later.old_ctid = chain.new_ctid
        )
        select id from chain order by xid, link
        """);
  }
}
