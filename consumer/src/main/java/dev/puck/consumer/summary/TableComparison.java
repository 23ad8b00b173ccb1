package dev.puck.consumer.summary;

import dev.puck.consumer.config.TableName;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Divergence;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Compares two tables with the same columns, row by row, in the caller's transaction. */
final class TableComparison {
  private TableComparison() {}

  /** What is served, with what must be. */
  static Comparison of(Connection connection, TableName served, TableName truth)
      throws SQLException {
    long rows =
        Query.one(connection, "select count(*) from " + truth.quoted(), count -> count.getLong(1));
    List<Difference> found =
        Query.list(
            connection,
            differences(served, truth, key(connection, served)),
            row ->
                new Difference(
                    row.getLong(1),
                    row.getLong(2),
                    new Divergence(row.getString(3), row.getString(4), row.getString(5))));
    if (found.isEmpty()) {
      return new Comparison(rows, 0, null);
    }
    Difference all = found.get(0);
    return new Comparison(rows + all.surplus(), all.keys(), all.first());
  }

  /** Rows that are equal, nulls and all, drop out first: only what is left is matched by key. */
  private static String differences(TableName served, TableName truth, List<String> key) {
    String columns = String.join(", ", key);
    String text =
        key.size() == 1
            ? columns + "::text"
            : "jsonb_build_object("
                + String.join(", ", key.stream().map(each -> literal(each) + ", " + each).toList())
                + ")::text";
    return """
    with puck_served as (select * from %1$s except all select * from %2$s),
         puck_truth as (select * from %2$s except all select * from %1$s),
         difference as (
           select %3$s,
                  to_jsonb(puck_served)::text as puck_is,
                  to_jsonb(puck_truth)::text as puck_must_be
             from puck_served full join puck_truth using (%3$s))
    select count(*) over (),
           count(*) filter (where puck_must_be is null) over (),
           coalesce(%4$s, 'null'),
           puck_is,
           puck_must_be
      from difference
     order by %3$s
     limit 1
    """
        .formatted(served.quoted(), truth.quoted(), columns, text);
  }

  /** What tells rows apart: the primary key, else a unique index, else all columns; quoted. */
  private static List<String> key(Connection connection, TableName table) throws SQLException {
    return Query.list(
        connection,
        """
        with best as (
          select (indkey::smallint[])[0:indnkeyatts - 1] as columns
            from pg_catalog.pg_index
           where indrelid = ?::regclass and indisunique and indpred is null and indexprs is null
           order by not indisprimary, indexrelid
           limit 1)
        select quote_ident(attname)
          from pg_catalog.pg_attribute
         where attrelid = ?::regclass and attnum > 0 and not attisdropped
           and coalesce(attnum = any ((select columns from best)::smallint[]), true)
         order by attnum
        """,
        row -> row.getString(1),
        table.quoted(),
        table.quoted());
  }

  /** A quoted name, as a text constant. */
  private static String literal(String quoted) {
    String name =
        quoted.startsWith("\"")
            ? quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"")
            : quoted;
    return "'" + name.replace("'", "''") + "'";
  }

  private record Difference(long keys, long surplus, Divergence first) {}
}
