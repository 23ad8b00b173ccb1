package dev.puck.bridge.election;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the session of a leader says to PostgreSQL. */
final class LeaderSession {
  private static final String LEADER = "puck.bridge:";

  /** Held by who asks the leader to step down, and wants no other one in its place. */
  private static final String SUCCESSOR = "puck.successor:";

  /** PostgreSQL 14 brought it. */
  private static final int IDLE_SESSION_TIMEOUT_SINCE = 14;

  private LeaderSession() {}

  /** So that a process that was stopped, and a machine that is gone, lose their session. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = '3s'");
      statement.execute("set tcp_keepalives_idle = 1");
      statement.execute("set tcp_keepalives_interval = 1");
      statement.execute("set tcp_keepalives_count = 2");
      if (connection.getMetaData().getDatabaseMajorVersion() >= IDLE_SESSION_TIMEOUT_SINCE) {
        statement.execute("set idle_session_timeout = '3s'");
      }
    }
  }

  /**
   * Whether nobody leads, and nobody has asked to be the next. The transaction's end gives these
   * locks back, so that none is left behind where a proxy stands between.
   */
  static boolean isVacant(Connection connection, String bridge) throws SQLException {
    return !isWanted(connection, bridge)
        && lock(connection, "pg_try_advisory_xact_lock", LEADER + bridge);
  }

  /** Whether another session has asked to be the next leader. */
  static boolean isWanted(Connection connection, String bridge) throws SQLException {
    return !lock(connection, "pg_try_advisory_xact_lock_shared", SUCCESSOR + bridge);
  }

  /** Takes the lock for as long as the session lives; whether it got it. */
  static boolean tryLock(Connection connection, String bridge) throws SQLException {
    return lock(connection, "pg_try_advisory_lock", LEADER + bridge);
  }

  /** Asks to be the next leader for as long as the session lives; whether nobody else does. */
  static boolean tryToSucceed(Connection connection, String bridge) throws SQLException {
    return lock(connection, "pg_try_advisory_lock", SUCCESSOR + bridge);
  }

  /** Gives all locks back. */
  static void unlock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_unlock_all()");
    }
  }

  /**
   * A proxy that pools transactions gives the session to others between them, and the lock with it.
   *
   * @param other of the same database; it holds the session that a proxy would have given to both
   */
  static void requireNoPooling(Connection connection, Connection other, PostgresConfig config)
      throws SQLException {
    long first = backend(connection);
    other.setAutoCommit(false);
    backend(other);
    if (backend(connection) != first) {
      throw new ConfigException(
          "PostgreSQL at "
              + config.address()
              + " is behind a proxy that pools transactions, and no lock can be held through it."
              + " Point bridge.postgres.url at PostgreSQL itself, or at a port that pools sessions.");
    }
  }

  private static boolean lock(Connection connection, String function, String name)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select " + function + "(hashtextextended(?, 0))")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static long backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getLong(1);
    }
  }
}
