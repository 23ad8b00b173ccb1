package dev.puck.lab.workload;

import dev.puck.lab.strategy.Reader;
import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.tweet.TweetDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Acts on a message of its own, and looks until that shows: the time from when its commit is known
 * to the beginning of the first read that sees it. What the very first read sees has staleness 0.
 * Used by one thread.
 */
public final class StalenessProbe implements Step {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final long message;
  private final long pauseNanos;
  private final Connection connection;
  private final PreparedStatement action;
  private final Reader reader;
  private final Random random;
  private final Staleness staleness;

  private StalenessProbe(
      Workload workload, Strategy strategy, Connection connection, Staleness staleness)
      throws SQLException {
    this.message = workload.probed();
    this.pauseNanos = Math.max(LEAST_PAUSE_NANOS, strategy.interval().toNanos());
    this.connection = connection;
    this.action = connection.prepareStatement(strategy.write());
    this.reader = strategy.openReader();
    this.random = new Random(workload.seed());
    this.staleness = staleness;
  }

  /** One of that strategy. */
  public static StalenessProbe open(
      Workload workload, TweetDatabase database, Strategy strategy, Staleness staleness)
      throws SQLException {
    return new StalenessProbe(workload, strategy, database.connect(), staleness);
  }

  @Override
  public void run() throws SQLException, IOException, InterruptedException {
    // At any time between two refreshes.
    TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * pauseNanos));
    long before = reader.read(message).rts();
    action.setLong(1, message);
    action.setString(2, "rt");
    action.execute();
    long committed = System.nanoTime();
    long patience = PATIENCE.toNanos() + pauseNanos;
    long looked = committed;
    boolean first = true;
    while (reader.read(message).rts() <= before) {
      if (looked - committed > patience) {
        staleness.unseen();
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
      looked = System.nanoTime();
      first = false;
    }
    staleness.seen(first ? 0 : looked - committed);
  }

  @Override
  public void close() throws SQLException {
    reader.close();
    connection.close();
  }
}
