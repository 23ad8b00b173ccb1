package dev.puck.bridge.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a test finds in the outbox. */
final class Outbox {
  private Outbox() {}

  /** Of each row, in order of capture: operation, table, key. */
  static List<String> changes(Connection connection) throws SQLException {
    return Sql.column(
        connection,
        """
        select op::text || ' ' || name || ' ' || coalesce(key, '-')
          from puck.outbox where kind = 'r' order by id
        """);
  }

  /** The newest row's image after the change. */
  static String newest(Connection connection) throws SQLException {
    return Sql.text(connection, "select new_row from puck.outbox order by id desc limit 1");
  }

  /** One value for each change to one row, in the order of the chain of their ctids. */
  static List<String> chained(Connection connection, String expression) throws SQLException {
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
        select %s from chain order by xid, link
        """
            .formatted(expression));
  }

  static void clear(Connection connection) throws SQLException {
    Sql.run(connection, "truncate puck.outbox_0, puck.outbox_1, puck.outbox_2");
  }
}
