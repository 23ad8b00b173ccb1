package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A table of a publication.
 *
 * @param name as schema.table, spelled as in the catalog
 * @param sql the same as SQL spells it
 * @param keyed whether its records have a key
 * @param blind it or a partition, in SQL, whose updates and deletions PostgreSQL refuses since
 *     nothing identifies a row; empty: none
 * @param readable whether the rows that it has may be read
 */
record PublishedTable(String name, String sql, boolean keyed, String blind, boolean readable) {
  private static final String ALL =
      """
      select n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname),
             exists (select from pg_catalog.pg_index as i
                      where i.indrelid = c.oid and (i.indisprimary
                        or c.relreplident = 'i' and i.indisreplident)),
             coalesce(
               (select format('%I.%I', leaf_schema.nspname, leaf.relname)
                  from (select c.oid union select relid from pg_catalog.pg_partition_tree(c.oid)) as part
                  join pg_catalog.pg_class as leaf on leaf.oid = part.oid
                  join pg_catalog.pg_namespace as leaf_schema on leaf_schema.oid = leaf.relnamespace
                 where (publication.pubupdate or publication.pubdelete) and leaf.relreplident <> 'f'
                   and not exists (
                         select from pg_catalog.pg_index as i
                          where i.indrelid = leaf.oid and leaf.relreplident <> 'n'
                            and case leaf.relreplident when 'i' then i.indisreplident
                                                       else i.indisprimary end)
                 order by 1 limit 1), ''),
             pg_catalog.has_table_privilege(c.oid, 'select')
               and not pg_catalog.row_security_active(c.oid)
        from pg_catalog.pg_publication_tables as p
        join pg_catalog.pg_publication as publication on publication.pubname = p.pubname
        join pg_catalog.pg_namespace as n on n.nspname = p.schemaname
        join pg_catalog.pg_class as c on c.relnamespace = n.oid and c.relname = p.tablename
       where p.pubname = ?
       order by 1
      """;

  /** All of that publication. */
  static List<PublishedTable> of(Connection connection, String publication) throws SQLException {
    return Query.list(
        connection,
        ALL,
        row ->
            new PublishedTable(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getBoolean(5)),
        publication);
  }
}
