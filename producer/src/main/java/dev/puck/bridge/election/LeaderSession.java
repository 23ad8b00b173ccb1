package dev.puck.bridge.election;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the session of a leader says to PostgreSQL. */
final class LeaderSession {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaderSession.class);

  /** PostgreSQL 14 brought it. */
  private static final int IDLE_SESSION_TIMEOUT_SINCE = 14;

  private LeaderSession() {}

  /** So that a process that was stopped loses its session. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = '3s'");
      if (connection.getMetaData().getDatabaseMajorVersion() >= IDLE_SESSION_TIMEOUT_SINCE) {
        statement.execute("set idle_session_timeout = '3s'");
      }
    }
  }

  /** Between transactions such a proxy gives the session to others, and the lock with it. */
  static void requireNoPooling(Connection connection, PostgresConfig config) throws SQLException {
    long first = backend(connection);
    if (backend(connection) != first || !hasKeptItsSettings(connection)) {
      throw new ConfigException(
          "PostgreSQL at "
              + config.address()
              + " is behind a proxy that pools transactions, and no lock can be held through it."
              + " Point bridge.postgres.url at PostgreSQL itself, or at a port that pools sessions.");
    }
  }

  static boolean tryLock(Connection connection, String bridge) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select pg_try_advisory_lock(hashtextextended('puck.bridge:' || ?, 0))")) {
      statement.setString(1, bridge);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The leader's connection could not be closed");
    }
  }

  private static long backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static boolean hasKeptItsSettings(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('idle_in_transaction_session_timeout')")) {
      row.next();
      return row.getString(1).equals("3s");
    }
  }
}
