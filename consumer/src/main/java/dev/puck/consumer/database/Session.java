package dev.puck.consumer.database;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of the downstream database, and transactions on it; temporary tables and advisory
 * locks last as long as it does. After a failure it is to be closed. Owned by one thread.
 */
public final class Session implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

  private final PostgresConfig config;
  private final Connection connection;

  Session(Postgres postgres) {
    this.config = postgres.config();
    this.connection = postgres.connect();
    inTransaction(
        "the first transaction",
        first -> {
          first.setAutoCommit(false);
          return true;
        });
  }

  /**
   * Runs the work in one transaction; commits unless it throws.
   *
   * @throws dev.puck.service.retry.TransientException if trying again may help
   * @throws dev.puck.consumer.projection.StalledException if someone must mend something
   */
  public <T> T inTransaction(String doing, DownstreamDatabase.Work<T> work) {
    return within(
        doing,
        each -> {
          T result = work.in(each);
          each.commit();
          return result;
        });
  }

  /** Runs the work as a part of the transaction at hand. */
  public <T> T within(String doing, DownstreamDatabase.Work<T> work) {
    try {
      return work.in(connection);
    } catch (SQLException e) {
      throw DatabaseFailure.of(config, doing, e);
    }
  }

  /** Ends the session; what was not committed rolls back. Never fails. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOGGER.debug("A session did not close in order", e);
    }
  }
}
