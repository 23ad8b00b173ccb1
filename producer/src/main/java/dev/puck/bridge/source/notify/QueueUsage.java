package dev.puck.bridge.source.notify;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How full the cluster-wide notification queue is. Asked over a connection of its own, since the
 * listening one would first take in all that is pending; kept from the first question until {@link
 * #close}. Owned by the reader.
 */
final class QueueUsage implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(QueueUsage.class);

  private final Postgres postgres;
  private @Nullable Connection connection;

  QueueUsage(Postgres postgres) {
    this.postgres = postgres;
  }

  /** The part of the queue that is in use, 0 to 1. */
  double fraction() {
    Connection current = connection;
    if (current == null) {
      current = postgres.connect(Listener.ANSWERS_IN_TIME);
      connection = current;
    }
    try (Statement statement = current.createStatement();
        ResultSet usage = statement.executeQuery("select pg_notification_queue_usage()")) {
      usage.next();
      return usage.getDouble(1);
    } catch (SQLException e) {
      close();
      throw PostgresFailure.working(postgres.config(), "asking for the queue's usage", e);
    }
  }

  /** Releases the connection; the next question makes another. */
  @Override
  public void close() {
    Connection current = connection;
    connection = null;
    if (current == null) {
      return;
    }
    try {
      current.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The connection could not be closed");
    }
  }
}
