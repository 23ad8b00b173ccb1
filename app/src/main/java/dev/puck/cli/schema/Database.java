package dev.puck.cli.schema;

import dev.puck.service.config.Durations;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The database that a command works on. */
public final class Database {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Postgres postgres;
  private final Duration lockTimeout;

  /**
   * One database.
   *
   * @param lockTimeout how long to wait for a lock; whoever comes later waits behind us
   */
  public Database(PostgresConfig config, Duration lockTimeout) {
    this.postgres = new Postgres(config, "puck command");
    this.lockTimeout = lockTimeout;
  }

  /** What is to be done with it. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Host, port and database. */
  String address() {
    return postgres.config().address();
  }

  PostgresConfig config() {
    return postgres.config();
  }

  /** Connects, does the work and disconnects; what the server refuses comes as one sentence. */
  <T> T run(Work<T> work) {
    try (Connection connection = postgres.connect()) {
      Query.one(
          connection,
          "select pg_catalog.set_config('lock_timeout', ?, false)",
          row -> row.getString(1),
          lockTimeout.toMillis() + "ms");
      return work.run(connection);
    } catch (SQLException e) {
      throw failure(e, "PostgreSQL at " + address());
    }
  }

  /** A sentence about {@code subject}, with the way out. */
  RuntimeException failure(SQLException e, String subject) {
    return PostgresFailure.stateOf(e).equals(LOCK_NOT_AVAILABLE)
        ? new TransientException(
            subject
                + ": another transaction has kept a lock that this needs for over "
                + Durations.text(lockTimeout)
                + ". Try again when that has ended, or wait longer with --lock-timeout.",
            e)
        : PostgresFailure.answering(subject, e);
  }
}
