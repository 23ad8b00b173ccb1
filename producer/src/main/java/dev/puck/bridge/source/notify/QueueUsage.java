package dev.puck.bridge.source.notify;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How full the cluster-wide notification queue is. Asked over a connection of its own: the
 * listening one would first take in all that is pending.
 */
final class QueueUsage {
  private final Postgres postgres;

  QueueUsage(Postgres postgres) {
    this.postgres = postgres;
  }

  /** The part of the queue that is in use, 0 to 1. */
  double fraction() {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet usage = statement.executeQuery("select pg_notification_queue_usage()")) {
      usage.next();
      return usage.getDouble(1);
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), "asking for the queue's usage", e);
    }
  }
}
