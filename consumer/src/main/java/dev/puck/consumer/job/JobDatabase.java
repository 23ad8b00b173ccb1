package dev.puck.consumer.job;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.puck.consumer.database.ConsumerTables;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Opens the few connections by which jobs are kept, apart from the sessions in which they run: what
 * is asked here takes no time.
 */
final class JobDatabase {
  private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(3);
  private static final String SOCKET_TIMEOUT_SECONDS = "20";
  private static final int CONNECTIONS = 4;

  private JobDatabase() {}

  /**
   * Connects once, to fail fast, and makes the tables.
   *
   * @throws dev.puck.service.config.ConfigException if only a new setting can help
   * @throws dev.puck.service.retry.TransientException if trying again may help
   */
  static HikariDataSource open(Postgres postgres) {
    try (Connection first = postgres.connect()) {
      ConsumerTables.createJobsIfMissing(postgres.config(), first);
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), "making the tables of jobs", e);
    }
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("puck-jobs");
    hikari.setJdbcUrl(postgres.config().url());
    var properties = postgres.properties();
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    hikari.setDataSourceProperties(properties);
    hikari.setMinimumIdle(1);
    hikari.setMaximumPoolSize(CONNECTIONS);
    hikari.setConnectionTimeout(CONNECTION_PATIENCE.toMillis());
    hikari.setInitializationFailTimeout(-1);
    return new HikariDataSource(hikari);
  }
}
