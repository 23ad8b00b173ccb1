package dev.puck.lab.proof.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Begins early and commits late: its rows have small ids and a small transaction id, and come to
 * light when others with larger ones have long been read.
 */
final class LateWriter implements Runnable {
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int LONGEST_MILLIS = 4_000;

  private final Shared shared;
  private final RandomGenerator random;

  LateWriter(Shared shared, RandomGenerator random) {
    this.shared = shared;
    this.random = random;
  }

  @Override
  public void run() {
    while (!shared.isStopping()) {
      try (Connection connection = shared.connect()) {
        connection.setAutoCommit(false);
        Session session = new Session(connection, random);
        while (!shared.isStopping()) {
          shared.during(() -> transaction(session));
        }
      } catch (SQLException e) {
        shared.counters().failed.increment();
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  private void transaction(Session session) throws SQLException {
    Steps.insert(session);
    Steps.publishAlone(session);
    int parts = 1 + random.nextInt(3);
    for (int i = 0; i < parts && !shared.isStopping(); i++) {
      int longest = random.nextInt(4) == 0 ? LONGEST_MILLIS : LONGEST_MILLIS / 10;
      linger(random.nextInt(longest));
      Steps.journal(session);
    }
    session.connection().commit();
    shared.counters().committed.increment();
  }

  private void linger(int millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() - deadline < 0 && !shared.isHoldWanted() && !shared.isStopping()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
