package dev.puck.lab.proof.workload;

import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A table that has rows, and writers, when it is watched: it has a starting state. */
final class LateTable {
  /** How many rows it begins with: enough for several ranges of a starting state. */
  static final int ROWS = 5_000;

  private LateTable() {}

  /** Makes it. */
  static void create(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "create table %s (like prove.copied including all)",
              "alter table %s replica identity full",
              "insert into %s (id, ver, note) select id, 0, 'was here before'"
                  + " from generate_series(1, "
                  + ROWS
                  + ") as id")) {
        statement.execute(sql.formatted(table));
      }
    }
  }

  /** Watches a table, and notes it in the same transaction. */
  static void watch(Connection connection, Capture capture, String table) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(capture.watch().formatted(table));
      statement.execute("insert into %s values ('%s')".formatted(Tables.WATCHED, table));
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
