package dev.puck.bridge.changeover;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A publication as it is.
 *
 * @param allTables whether it is for all tables, Puck's own among them
 * @param complete whether it publishes inserts, updates, deletes and truncates
 * @param viaRoot whether changes of partitions go by the name of their root
 * @param tables without Puck's own
 */
record Publication(boolean allTables, boolean complete, boolean viaRoot, List<Table> tables) {
  private static final String FIND =
      """
      select puballtables, pubinsert and pubupdate and pubdelete and pubtruncate, pubviaroot
        from pg_catalog.pg_publication where pubname = ?
      """;

  /** Lists of columns and filters of rows are there since PostgreSQL 15. */
  private static final String TABLES =
      """
      select c.oid::bigint, format('%I.%I', n.nspname, c.relname),
             to_jsonb(r) ->> 'prattrs' is not null, to_jsonb(r) ->> 'prqual' is not null
        from pg_catalog.pg_publication_tables as p
        join pg_catalog.pg_publication as publication on publication.pubname = p.pubname
        join pg_catalog.pg_namespace as n on n.nspname = p.schemaname
        join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = p.tablename
        left join pg_catalog.pg_publication_rel as r
          on r.prpubid = publication.oid and r.prrelid = c.oid
       where p.pubname = ? and n.nspname <> 'puck'
       order by 2
      """;

  Publication {
    tables = List.copyOf(tables);
  }

  /**
   * A table of it.
   *
   * @param oid the table's
   * @param name as SQL spells it
   * @param someColumns whether only some columns are published
   * @param someRows whether only some rows are
   */
  record Table(long oid, String name, boolean someColumns, boolean someRows) {
    private static Table read(ResultSet row) throws SQLException {
      return new Table(row.getLong(1), row.getString(2), row.getBoolean(3), row.getBoolean(4));
    }
  }

  /** The one of that name. */
  static Optional<Publication> find(Connection connection, String name) throws SQLException {
    List<Table> tables = Query.list(connection, TABLES, Table::read, name);
    return Query.list(
            connection,
            FIND,
            row -> new Publication(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), tables),
            name)
        .stream()
        .findFirst();
  }

  Optional<Table> table(long oid) {
    return tables.stream().filter(each -> each.oid == oid).findFirst();
  }
}
