package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Relation;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a publication, whose rows are relayed before or among its changes.
 *
 * @param id of its being in the publication: another one when it was taken out and added again
 * @param oid the table's
 * @param sql its name as SQL spells it, with {@code only} where tables that inherit from it are
 *     published by themselves
 * @param filter the publication's for its rows, in SQL; null: none
 * @param estimate how many rows it has about; 0: unknown
 */
record StartingTable(
    String id, long oid, Relation relation, String sql, @Nullable String filter, long estimate) {
  /** Filters are there since PostgreSQL 15; before that, the view has no such column. */
  private static final String ALL =
      """
      select concat_ws('.', c.oid, membership.oid), c.oid::bigint, n.nspname, c.relname,
             case c.relkind when 'p' then '' else 'only ' end
               || format('%I.%I', n.nspname, c.relname),
             to_jsonb(p) ->> 'rowfilter',
             (select coalesce(sum(greatest(leaf.reltuples, 0)), 0)
                from pg_catalog.pg_class as leaf
               where leaf.relkind = 'r'
                 and leaf.oid in (select c.oid union all select relid from pg_partition_tree(c.oid))
             )::bigint
        from pg_catalog.pg_publication_tables as p
        join pg_catalog.pg_publication as publication on publication.pubname = p.pubname
        join pg_catalog.pg_namespace as n on n.nspname = p.schemaname
        join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = p.tablename
        left join pg_catalog.pg_publication_rel as membership
          on membership.prpubid = publication.oid and membership.prrelid = c.oid
       where p.pubname = ?
       order by c.oid
      """;

  /** Those of a publication. */
  static List<StartingTable> of(Connection connection, String publication) throws SQLException {
    return Query.list(connection, ALL, StartingTable::read, publication);
  }

  private static StartingTable read(ResultSet row) throws SQLException {
    return new StartingTable(
        row.getString(1),
        row.getLong(2),
        new Relation(row.getString(3), row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getLong(7));
  }
}
