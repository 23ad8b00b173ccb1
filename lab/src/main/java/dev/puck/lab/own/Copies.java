package dev.puck.lab.own;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/**
 * Tables of the user's, to be written to in the lab's schema instead: with all rows, defaults,
 * checks and indexes; without foreign keys and triggers.
 *
 * @param originals the user's
 */
record Copies(List<Relation> originals) {
  /** More would be copied for each trial. */
  static final long MOST_BYTES = 1L << 30;

  private static final String COLUMNS =
      """
      select string_agg(quote_ident(attname), ', ' order by attnum)
        from pg_attribute
       where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
      """;

  /** Those that take their numbers from a sequence: its own for an identity, else the user's. */
  private static final String NUMBERED =
      """
      select attname, attidentity <> ''
        from pg_attribute
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
       where attrelid = ?::regclass and attnum > 0 and not attisdropped
         and (attidentity <> '' or pg_get_expr(adbin, adrelid) like 'nextval(%')
      """;

  Copies {
    originals = List.copyOf(originals);
  }

  /** Whether there is one of that table, or of what it is a partition of. */
  boolean has(Connection connection, Relation relation) throws SQLException {
    Set<Relation> own = Set.copyOf(originals);
    return own.contains(relation)
        || Query.list(
                connection,
                "select n.nspname, c.relname from pg_partition_ancestors(?::regclass) as a"
                    + " join pg_class as c on c.oid = a.relid"
                    + " join pg_namespace as n on n.oid = c.relnamespace",
                row -> new Relation(row.getString(1), row.getString(2)),
                relation.sql())
            .stream()
            .anyMatch(own::contains);
  }

  /** What they take on the disk. */
  static long bytes(Connection connection, Relation original) throws SQLException {
    return Query.one(
        connection,
        "select coalesce(sum(pg_total_relation_size(relid)), 0)"
            + " from pg_partition_tree(?::regclass)",
        row -> row.getLong(1),
        original.sql());
  }

  /** Makes them in that schema. */
  void make(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Relation original : originals) {
        String copy = schema + "." + Relation.quoted(original.name());
        String columns = Query.one(connection, COLUMNS, row -> row.getString(1), original.sql());
        statement.execute(
            "create table %s (like %s including all)".formatted(copy, original.sql()));
        statement.execute(
            "insert into %s (%s) overriding system value select %s from %s"
                .formatted(copy, columns, columns, original.sql()));
        number(connection, copy, schema);
        statement.execute("analyze " + copy);
      }
    }
  }

  /** Numbers go on behind those that are there, and come from no sequence of the user's. */
  private static void number(Connection connection, String copy, String schema)
      throws SQLException {
    List<String> columns =
        Query.list(
            connection, NUMBERED, row -> (row.getBoolean(2) ? "=" : "+") + row.getString(1), copy);
    try (Statement statement = connection.createStatement()) {
      for (String each : columns) {
        String column = each.substring(1);
        if (each.startsWith("+")) {
          String sequence =
              schema
                  + "."
                  + Relation.quoted("seq_" + Integer.toHexString(copy.hashCode()) + "_" + column);
          statement.execute("create sequence " + sequence);
          statement.execute(
              "alter sequence %s owned by %s.%s"
                  .formatted(sequence, copy, Relation.quoted(column)));
          statement.execute(
              "alter table %s alter %s set default nextval('%s')"
                  .formatted(copy, Relation.quoted(column), sequence.replace("'", "''")));
        }
        statement.execute(
            "select setval(pg_get_serial_sequence('%s', '%s'), coalesce(max(%s), 0) + 1, false)"
                    .formatted(
                        copy.replace("'", "''"), column.replace("'", "''"), Relation.quoted(column))
                + " from "
                + copy);
      }
    }
  }
}
