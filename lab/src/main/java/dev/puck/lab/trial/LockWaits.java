package dev.puck.lab.trial;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Looks twenty times a second how many sessions wait for a lock, until it is closed. */
final class LockWaits implements AutoCloseable {
  private static final String WAITING =
      """
      select count(*)
        from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'
         and (not ? or application_name = current_setting('application_name'))
      """;

  private static final long LOOK_MILLIS = 50;

  private final Connection connection;
  private final boolean shared;
  private final Thread thread = new Thread(this::look, "lab-lock-waits");
  private final LongAdder looks = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private volatile boolean closed;

  private LockWaits(Connection connection, boolean shared) {
    this.connection = connection;
    this.shared = shared;
    thread.setDaemon(true);
  }

  /** Those of all sessions; of a database that others use, those of the same name only. */
  static LockWaits watch(Candidate candidate) throws SQLException {
    LockWaits waits = new LockWaits(candidate.connect(), candidate.isShared());
    waits.thread.start();
    return waits;
  }

  /** How many waited, on average. */
  double average() {
    return looks.sum() == 0 ? 0 : waiting.doubleValue() / looks.sum();
  }

  private void look() {
    try (PreparedStatement query = connection.prepareStatement(WAITING)) {
      query.setBoolean(1, shared);
      while (!closed) {
        try (ResultSet row = query.executeQuery()) {
          row.next();
          waiting.add(row.getLong(1));
          looks.increment();
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Nobody sees who waits for locks any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
