package dev.puck.lab.proof;

import dev.puck.lab.proof.bridge.BridgeFleet;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.observer.LiveReader;
import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A row that is changed to see whether changes still come through. */
final class Canary {
  private static final long LISTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Database database;
  private final LiveReader reader;
  private final BridgeFleet fleet;

  Canary(Database database, LiveReader reader, BridgeFleet fleet) {
    this.database = database;
    this.reader = reader;
    this.fleet = fleet;
  }

  /** Changes the row; the number of that event. */
  long sing() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "update "
                    + Tables.CANARY
                    + " set ver = ver + 1, eid = nextval('prove.eid') returning eid")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether that event is seen within so long. */
  boolean isHeard(long event, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (reader.canary() < event && System.nanoTime() - deadline < 0) {
      pause();
    }
    return reader.canary() >= event;
  }

  /**
   * Returns when a change that is made from now on has been seen; bridges that end meanwhile are
   * started again.
   *
   * @return how long that took
   * @throws ProofException if nothing comes in time
   */
  Duration awaitFlow(Duration atMost) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < atMost.toNanos()) {
      try {
        if (isHeard(sing(), LISTEN_NANOS)) {
          return Duration.ofNanos(System.nanoTime() - begin);
        }
      } catch (SQLException e) {
        pause(); // PostgreSQL is on its way up
      }
      fleet.restore();
    }
    throw new ProofException("Nothing came through for " + atMost.toSeconds() + " s");
  }

  private static void pause() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
