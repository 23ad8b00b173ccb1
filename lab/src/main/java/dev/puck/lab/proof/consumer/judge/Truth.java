package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.history.FlatJson;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The tables themselves.
 *
 * @param rows of both tables, by {@code Fact.line}
 * @param totals what the summary must say, by group
 */
record Truth(Map<String, Image> rows, Map<Long, String> totals) {
  /** Which group a row is in, whether here or downstream: each pulse is one of its own. */
  static final String GROUP = "case when id < 0 then id else id % 8 end";

  private static final String TOTALS =
      """
      select %s as grp, concat_ws(' ', count(*), sum(ver), sum(eid)) from %s group by 1
      """;

  /** Reads it. */
  static Truth read(Database source) throws SQLException {
    Map<String, Image> rows = new HashMap<>();
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      for (Layout.Cache cache : Layout.IN_MEMORY) {
        read(statement, cache.table(), rows);
      }
      return new Truth(rows, totals(statement, TOTALS.formatted(GROUP, Layout.ACCOUNT)));
    }
  }

  /** What a query says, by group. */
  static Map<Long, String> totals(Statement statement, String query) throws SQLException {
    Map<Long, String> totals = new HashMap<>();
    try (ResultSet groups = statement.executeQuery(query)) {
      while (groups.next()) {
        totals.put(groups.getLong(1), groups.getString(2));
      }
    }
    return totals;
  }

  private static void read(Statement statement, String table, Map<String, Image> rows)
      throws SQLException {
    Shape shape = Objects.requireNonNull(Tables.shape(table));
    try (ResultSet all =
        statement.executeQuery("select id, to_jsonb(t)::text from " + table + " as t")) {
      while (all.next()) {
        rows.put(table + " id=" + all.getLong(1), shape.image(FlatJson.parse(all.getString(2))));
      }
    }
  }
}
