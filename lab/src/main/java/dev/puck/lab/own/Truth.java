package dev.puck.lab.own;

import dev.puck.service.config.Problem;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is right: a row for each key.
 *
 * @param columns their names, the key's first
 * @param rows by key, in the order of the query: the other columns, as texts
 */
record Truth(List<String> columns, Map<String, List<String>> rows) {
  /** More would be of no use to the workload. */
  static final int MOST_KEYS = 100_000;

  /** What stands for null, and for what nobody can see. */
  private static final String NULL = "null";

  /**
   * Asks for it.
   *
   * @param problems is told what is wrong with it
   */
  static Truth ask(Connection connection, String query, List<Problem> problems)
      throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select * from (" + query + "\n) as truth limit " + MOST_KEYS);
        ResultSet found = statement.executeQuery()) {
      Truth truth = new Truth(names(found), new LinkedHashMap<>());
      int doubles = 0;
      while (found.next()) {
        @Nullable String key = found.getString(1);
        doubles += key == null || truth.rows.put(key, values(found, 2)) != null ? 1 : 0;
      }
      truth.check(doubles, problems);
      return truth;
    }
  }

  private void check(int doubles, List<Problem> problems) {
    if (columns.size() < 2) {
      problems.add(
          new Problem(
              OwnSql.TRUTH, "has one column only; it needs the key, and then what is right."));
    }
    if (doubles > 0) {
      problems.add(
          new Problem(
              OwnSql.TRUTH,
              "has "
                  + doubles
                  + " rows too many: a key (its first column) is null, or there twice."));
    }
    if (rows.size() < 2) {
      problems.add(
          new Problem(
              OwnSql.TRUTH,
              "has "
                  + rows.size()
                  + " keys; it needs two at least: one is kept for measuring staleness."));
    }
  }

  /** What the key's row is now, in the same columns. */
  static List<String> row(Connection connection, String query, String keyColumn, String key)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select * from (%s\n) as truth where %s::text = ?"
                .formatted(query, Relation.quoted(keyColumn)))) {
      statement.setString(1, key);
      try (ResultSet found = statement.executeQuery()) {
        return found.next() ? values(found, 2) : List.of();
      }
    }
  }

  List<String> keys() {
    return List.copyOf(rows.keySet());
  }

  static List<String> values(ResultSet row, int first) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = first; i <= row.getMetaData().getColumnCount(); i++) {
      @Nullable String value = row.getString(i);
      values.add(value == null ? NULL : value);
    }
    return List.copyOf(values);
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      names.add(rows.getMetaData().getColumnName(i));
    }
    return List.copyOf(names);
  }

  /** Whether two rows say the same; 1.50 and 1.5 do. */
  static boolean same(List<String> one, List<String> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i)) && !sameNumber(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumber(String one, String other) {
    try {
      return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
