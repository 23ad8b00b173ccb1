package dev.puck.lab.own;

import dev.puck.lab.workload.Staleness;
import dev.puck.lab.workload.Step;
import dev.puck.lab.workload.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes a key of its own, and looks until what is read of it is another row. Used by one thread.
 */
final class KeyProbe implements Step {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Connection connection;
  private final KeyReader reader;
  private final String key;
  private final Write write;
  private final long pauseNanos;
  private final Staleness staleness;
  private final Random random = new Random(1);

  /** Writes the key, and commits. */
  @FunctionalInterface
  interface Write {
    void run() throws SQLException;
  }

  /** Takes over connection and reader. */
  KeyProbe(
      Connection connection,
      KeyReader reader,
      String key,
      Write write,
      Duration interval,
      Staleness staleness)
      throws SQLException {
    this.connection = connection;
    this.reader = reader;
    this.key = key;
    this.write = write;
    this.pauseNanos = Math.max(LEAST_PAUSE_NANOS, interval.toNanos());
    this.staleness = staleness;
    connection.setAutoCommit(false);
  }

  @Override
  public void run() throws SQLException, InterruptedException {
    // At any time between two refreshes.
    TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * pauseNanos));
    List<String> before = reader.read(key);
    if (!isWritten()) {
      return;
    }
    long committed = System.nanoTime();
    long looked = committed;
    boolean first = true;
    while (Truth.same(reader.read(key), before)) {
      if (looked - committed > PATIENCE.toNanos() + pauseNanos) {
        staleness.unseen();
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
      looked = System.nanoTime();
      first = false;
    }
    staleness.seen(first ? 0 : looked - committed);
  }

  /** Not after a deadlock, say; the next time, then. */
  private boolean isWritten() throws SQLException {
    try {
      write.run();
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if (Writer.isConflict(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    reader.close();
    connection.close();
  }
}
