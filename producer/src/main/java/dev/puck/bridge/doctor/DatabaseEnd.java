package dev.puck.bridge.doctor;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, if it can be reached. Its connection is read-only, and in a transaction as soon as
 * it is asked for anything.
 */
final class DatabaseEnd implements AutoCloseable {
  static final String GROUP = "PostgreSQL";

  /** Behind a pooler, one that the driver prepared may not be there the next time. */
  private static final Map<String, String> WITHOUT_PREPARED_STATEMENTS =
      Map.of("prepareThreshold", "0");

  private static final Logger LOGGER = LoggerFactory.getLogger(DatabaseEnd.class);

  private final @Nullable Connection connection;
  private final CheckResult reached;

  private DatabaseEnd(@Nullable Connection connection, Findings findings) {
    this.connection = connection;
    this.reached = CheckResult.of(GROUP, "connection", findings);
  }

  /** Connects; that it cannot be reached is a finding. */
  static DatabaseEnd open(Postgres postgres) {
    Findings findings = new Findings();
    findings.saw(postgres.config().address());
    try {
      return new DatabaseEnd(connect(postgres), findings);
    } catch (ConfigException | TransientException e) {
      findings.problem(String.valueOf(e.getMessage()), "Start it, or correct bridge.postgres.");
    } catch (SQLException e) {
      findings.problem(PostgresFailure.sentence(e), "Run puck doctor again.");
    }
    return new DatabaseEnd(null, findings);
  }

  /** A new connection that no statement can change anything by, owned by the caller. */
  static Connection connect(Postgres postgres) throws SQLException {
    Connection connection = postgres.connect(WITHOUT_PREPARED_STATEMENTS);
    try {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Empty where it cannot be reached. */
  Optional<Connection> connection() {
    return Optional.ofNullable(connection);
  }

  /** Whether it could be reached. */
  CheckResult reached() {
    return reached;
  }

  @Override
  public void close() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The connection could not be closed");
    }
  }
}
