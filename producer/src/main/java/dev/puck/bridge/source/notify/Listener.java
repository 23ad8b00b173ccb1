package dev.puck.bridge.source.notify;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PromptSocketFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** One connection that listens on several channels. Owned by one thread. */
final class Listener implements AutoCloseable {
  private static final int LIVENESS_TIMEOUT_SECONDS = 5;

  /** Else a server that vanishes during a statement would be waited for without end. */
  static final Map<String, String> ANSWERS_IN_TIME = Map.of("socketTimeout", "10");

  private static final Map<String, String> PROPERTIES =
      Map.of("socketTimeout", "10", "socketFactory", PromptSocketFactory.class.getName());

  private final Connection connection;
  private final PGConnection notifications;

  private Listener(Connection connection) throws SQLException {
    this.connection = connection;
    this.notifications = connection.unwrap(PGConnection.class);
  }

  /** Connects and listens: what commits after this returns will be delivered. */
  static Listener open(Postgres postgres, List<String> channels) throws SQLException {
    Connection connection = postgres.connect(PROPERTIES);
    try (Statement statement = connection.createStatement()) {
      for (String channel : channels) {
        statement.execute("listen " + quoted(channel));
      }
      return new Listener(connection);
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  /** What has arrived; waits at most that long for the first, and with zero not at all. */
  List<PGNotification> poll(Duration patience) throws SQLException {
    // Zero milliseconds would mean "for ever" to the driver.
    PGNotification @Nullable [] arrived =
        patience.isZero()
            ? notifications.getNotifications()
            : notifications.getNotifications((int) patience.toMillis());
    return arrived == null ? List.of() : Arrays.asList(arrived);
  }

  /** Fails if the server does not answer; a connection cut silently is noticed only so. */
  void requireAlive() throws SQLException {
    if (!connection.isValid(LIVENESS_TIMEOUT_SECONDS)) {
      throw new SQLException("no answer for " + LIVENESS_TIMEOUT_SECONDS + " s", "08006");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static void closeAfter(SQLException failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
