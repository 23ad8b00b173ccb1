package dev.puck.lab.own;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.Query;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A schema of the lab's own in the user's database. All that the lab makes is in it or depends on
 * it, so that dropping it leaves nothing behind. While it is open, an advisory lock says that it is
 * in use. Thread-safe.
 */
final class LabSchema implements AutoCloseable {
  static final String PREFIX = "puck_lab_";

  /** Tells ours from what others call so. */
  static final String COMMENT = "Made by puck lab run. puck lab clean drops it.";

  /** How long to wait for those who use what we drop; they wait for us, then. */
  private static final String LOCK_TIMEOUT = "set lock_timeout = '3s'";

  private static final int ATTEMPTS = 3;
  private static final int ALIVE_SECONDS = 5;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Postgres postgres;
  private final String name;
  private final Connection keeper;
  private final Consumer<String> lines;

  private LabSchema(Postgres postgres, String name, Connection keeper, Consumer<String> lines) {
    this.postgres = postgres;
    this.name = name;
    this.keeper = keeper;
    this.lines = lines;
  }

  /** A name that no other run has. */
  static String newName() {
    return PREFIX + String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
  }

  /**
   * Takes a new name; nothing is made yet.
   *
   * @param lines hears if it stays behind
   */
  static LabSchema take(PostgresConfig config, Consumer<String> lines) throws SQLException {
    String name = newName();
    Connection keeper = new Postgres(config, name + " keeper").connect();
    Query.one(keeper, "select pg_advisory_lock(hashtextextended(?, 0))", row -> "", name);
    return new LabSchema(new Postgres(config, name), name, keeper, lines);
  }

  String name() {
    return name;
  }

  /** A session that finds the lab's tables before others of the same name; the caller's. */
  Connection connect() throws SQLException {
    Connection connection = postgres.connect();
    look(connection, name);
    return connection;
  }

  /** Lets a session find the schema's tables first. */
  static void look(Connection connection, String schema) throws SQLException {
    Query.one(
        connection,
        "select set_config('search_path', ? || ', ' || current_setting('search_path'), false)",
        row -> "",
        schema);
  }

  /** Makes the empty schema. */
  void create() throws SQLException {
    try (Connection connection = postgres.connect()) {
      create(connection, name);
    }
  }

  /** The same in the caller's transaction. */
  static void create(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema " + schema);
      statement.execute("comment on schema " + schema + " is '" + COMMENT + "'");
    }
  }

  /** Drops it with all that depends on it, if it is there; ends our sessions first. */
  void drop() throws SQLException {
    // There may be no room for one more session.
    if (keeper.isValid(ALIVE_SECONDS)) {
      endSessions(keeper);
      drop(keeper, name);
      return;
    }
    try (Connection connection = new Postgres(postgres.config(), name + " cleaner").connect()) {
      endSessions(connection);
      drop(connection, name);
    }
  }

  private void endSessions(Connection connection) throws SQLException {
    Query.list(
        connection,
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where application_name = ? and usename = current_user",
        row -> "",
        name);
  }

  /** Drops one of them. */
  static void drop(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK_TIMEOUT);
      for (int attempt = 1; ; attempt++) {
        try {
          statement.execute("drop schema if exists " + schema + " cascade");
          return;
        } catch (SQLException e) {
          if (attempt == ATTEMPTS || !LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
            throw e;
          }
        }
      }
    }
  }

  /** Drops it, and gives the name back. An interrupt waits until that is done. */
  @Override
  public void close() throws SQLException {
    boolean interrupted = Thread.interrupted();
    try {
      drop();
    } catch (SQLException | TransientException e) {
      lines.accept(name + " may be there still: run `puck lab clean` when the database is back");
      throw e;
    } finally {
      keeper.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
