package dev.puck.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Talks to a test's database. */
public final class Sql {
  private Sql() {}

  /** A file of {@code sql/} itself. */
  public static String file(String name) throws IOException {
    return Files.readString(Path.of("..", "sql", name));
  }

  public static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The summary table. */
  public static Map<Long, Counters> counters(Connection connection) throws SQLException {
    Map<Long, Counters> counters = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select messageid, rts, favs from twcache.counters")) {
      while (rows.next()) {
        counters.put(rows.getLong(1), new Counters(rows.getLong(2), rows.getLong(3)));
      }
    }
    return counters;
  }
}
