package dev.puck.consumer.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.puck.consumer.projection.StalledException;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The database that holds the summaries: a small pool, and transactions on it. A connection on
 * which anything failed is never used again, so that after a failover nobody goes on talking to the
 * server that is no longer the primary. Thread-safe.
 */
public final class DownstreamDatabase implements AutoCloseable {
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(3);
  private static final String SOCKET_TIMEOUT_SECONDS = "40";

  /** A stopped process must not hold the row locks of its offsets against its successor. */
  private static final String SESSION_SETTINGS =
      "-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s";

  private final Postgres postgres;
  private final PostgresConfig config;
  private final HikariDataSource pool;

  private DownstreamDatabase(Postgres postgres, HikariDataSource pool) {
    this.postgres = postgres;
    this.config = postgres.config();
    this.pool = pool;
  }

  /**
   * Connects once, to fail fast, and fills the pool on demand.
   *
   * @throws ConfigException if only a new setting can help
   * @throws TransientException if trying again may help
   */
  public static DownstreamDatabase open(Postgres postgres, int connections) {
    try (Connection first = postgres.connect()) {
      ConsumerTables.createIfMissing(postgres.config(), first);
    } catch (SQLException e) {
      throw DatabaseFailure.of(postgres.config(), "the first connection", e);
    }
    return new DownstreamDatabase(postgres, new HikariDataSource(poolOf(postgres, connections)));
  }

  /** Runs the work in one transaction at read committed; commits unless it throws. */
  public <T> T inTransaction(String doing, Work<T> work) {
    return run(doing, work);
  }

  /** Runs the work on one snapshot: all that it reads is of the same moment. */
  public <T> T inSnapshot(String doing, Work<T> work) {
    return run(
        doing,
        connection -> {
          // The pool sets it back.
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          return work.in(connection);
        });
  }

  /** A session of its own, for work that takes longer than the pool's time-outs. */
  public Session session() {
    return new Session(postgres);
  }

  /** Ends all connections, those in use too: their transactions roll back. */
  @Override
  public void close() {
    pool.close();
  }

  private <T> T run(String doing, Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      return commit(connection, work);
    } catch (SQLException e) {
      throw DatabaseFailure.of(config, doing, e);
    }
  }

  private <T> T commit(Connection connection, Work<T> work) throws SQLException {
    boolean committed = false;
    try {
      T result = work.in(connection);
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        // Closes it for good; the server rolls back. Whether a failed commit took effect nobody
        // knows here, and nobody needs to: the stored offsets say it.
        pool.evictConnection(connection);
      }
    }
  }

  private static HikariConfig poolOf(Postgres postgres, int connections) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("puck-downstream");
    hikari.setJdbcUrl(postgres.config().url());
    hikari.setDataSourceProperties(properties(postgres));
    hikari.setAutoCommit(false);
    hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    hikari.setMinimumIdle(1);
    hikari.setMaximumPoolSize(connections);
    hikari.setConnectionTimeout(CONNECTION_PATIENCE.toMillis());
    hikari.setInitializationFailTimeout(-1);
    return hikari;
  }

  private static Properties properties(Postgres postgres) {
    Properties properties = postgres.properties();
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    @Nullable String options = properties.getProperty("options");
    properties.setProperty(
        "options", options == null ? SESSION_SETTINGS : SESSION_SETTINGS + " " + options);
    return properties;
  }

  /** What to do in a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * May throw {@link StalledException} and the like too; every exception rolls back.
     *
     * @throws SQLException as the driver does
     */
    T in(Connection connection) throws SQLException;
  }
}
