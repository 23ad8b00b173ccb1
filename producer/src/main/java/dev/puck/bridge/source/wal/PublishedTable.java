package dev.puck.bridge.source.wal;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table that is to be published, with its partitions.
 *
 * @param name as SQL spells it
 * @param blind those of it and its partitions that have nothing to identify a row before its
 *     change: once they are published, PostgreSQL refuses every update and deletion
 * @param problem why it cannot be published at all; empty: it can
 */
record PublishedTable(String name, List<String> blind, String problem) {
  private static final String KIND =
      """
      select c.oid::bigint, format('%I.%I', n.nspname, c.relname),
             case when c.relkind not in ('r', 'p') then 'it is no table'
                  when c.relpersistence = 't' then 'it is temporary'
                  when c.relpersistence = 'u' then 'it is unlogged, so that the WAL has nothing of it'
                  else '' end
        from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
       where c.oid = ?::regclass
      """;

  private static final String BLIND =
      """
      select format('%I.%I', n.nspname, c.relname)
        from (select ?::oid as oid union select relid from pg_partition_tree(?::oid)) as part
        join pg_catalog.pg_class as c on c.oid = part.oid
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p')
         and case c.relreplident
               when 'f' then false
               when 'n' then true
               else not exists (
                 select from pg_catalog.pg_index as i
                  where i.indrelid = c.oid
                    and case c.relreplident when 'i' then i.indisreplident
                                            else i.indisprimary end)
             end
       order by 1
      """;

  /** What PostgreSQL knows of a table of that name. */
  static PublishedTable find(Connection connection, String name) throws SQLException {
    return Query.one(
        connection,
        KIND,
        row ->
            new PublishedTable(
                row.getString(2), blind(connection, row.getString(1)), row.getString(3)),
        name);
  }

  /**
   * Sees that they can be published.
   *
   * @param full whether what has nothing else may be identified by its whole row
   * @throws ConfigException with all that is wrong
   */
  static void requirePublishable(List<PublishedTable> tables, boolean full) {
    List<String> problems = tables.stream().flatMap(table -> table.problems(full)).toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join(" ", problems));
    }
  }

  private Stream<String> problems(boolean full) {
    if (!problem.isEmpty()) {
      return Stream.of(name + " cannot be published: " + problem + ".");
    }
    if (full || blind.isEmpty()) {
      return Stream.of();
    }
    return Stream.of(
        String.join(", ", blind)
            + (blind.size() == 1 ? " has" : " have")
            + " no primary key and no replica identity: once published, every update and delete"
            + " there would fail. Add a primary key; or pass --full to identify rows by all their"
            + " columns, which writes more WAL.");
  }

  private static List<String> blind(Connection connection, String oid) throws SQLException {
    return Query.list(connection, BLIND, row -> row.getString(1), oid, oid);
  }
}
