package dev.puck.bridge.election;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads in the place of whoever does: asks it to publish what it has read and to step down, and
 * keeps those who stand by from taking over meanwhile. All of that ends with the session, so that
 * they go on if this process dies.
 */
public final class Takeover {
  private static final Logger LOGGER = LoggerFactory.getLogger(Takeover.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Takeover() {}

  /**
   * Becomes the leader; waits for the present one to step down.
   *
   * @return empty if it has not in that time, or somebody else wants to lead in its place
   * @throws ConfigException if the connection cannot hold a lock, or is refused
   * @throws dev.puck.service.retry.TransientException if PostgreSQL is away
   */
  public static Optional<Leadership> tryAcquire(Postgres postgres, String bridge, Duration patience)
      throws InterruptedException {
    Connection connection = postgres.connect(Leadership.PROPERTIES);
    Optional<Leadership> leadership = Optional.empty();
    try {
      leadership = tryAcquire(postgres, connection, bridge, patience);
      return leadership;
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), "taking over from the bridge", e);
    } finally {
      if (leadership.isEmpty()) {
        close(connection);
      }
    }
  }

  private static Optional<Leadership> tryAcquire(
      Postgres postgres, Connection connection, String bridge, Duration patience)
      throws SQLException, InterruptedException {
    LeaderSession.prepare(connection);
    try (Connection other = postgres.connect(Leadership.PROPERTIES)) {
      LeaderSession.requireNoPooling(connection, other, postgres.config());
    }
    long deadline = System.nanoTime() + patience.toNanos();
    boolean isNext = false;
    do {
      long asked = System.nanoTime();
      // Whoever looks whether somebody does holds the lock for a moment: hence again.
      isNext = isNext || LeaderSession.tryToSucceed(connection, bridge);
      if (isNext && LeaderSession.tryLock(connection, bridge)) {
        return Optional.of(Leadership.begin(bridge, connection, asked));
      }
      Thread.sleep(PAUSE.toMillis());
    } while (System.nanoTime() - deadline < 0);
    return Optional.empty();
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The successor's connection could not be closed");
    }
  }
}
