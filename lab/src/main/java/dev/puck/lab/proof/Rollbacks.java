package dev.puck.lab.proof;

import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Transactions that take an id and leave nothing, and those that come after a crash. */
final class Rollbacks {
  private static final int COUNT = 20;
  private static final String INSERT = "insert into prove.journal (id, ver) values (%d, 0)";

  private Rollbacks() {}

  /** Rolls some back, without anything that would flush the WAL. */
  static void rollBackSome(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < COUNT; i++) {
        statement.execute(INSERT.formatted(i));
        connection.rollback();
      }
    }
  }

  /** Commits as many: they get the ids of those whose WAL was lost. */
  static void commitSome(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < COUNT; i++) {
        statement.execute(INSERT.formatted(i));
      }
    }
  }
}
