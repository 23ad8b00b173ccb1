package dev.puck.cli;

import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Retweets the messages 1 to 50, about five hundred times a second, until it is closed. */
final class Retweeter implements AutoCloseable {
  private static final long NANOS_BETWEEN = 2_000_000;

  private final TestEnvironment environment;
  private final String database;
  private final Random random;
  private final AtomicLong written = new AtomicLong();
  private final Thread thread = new Thread(this::write, "retweeter");
  private volatile boolean stopped;
  private volatile @Nullable SQLException failure;

  Retweeter(TestEnvironment environment, String database, Random random) {
    this.environment = environment;
    this.database = database;
    this.random = random;
    thread.start();
  }

  long written() {
    return written.get();
  }

  @Override
  public void close() throws SQLException {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    SQLException cause = failure;
    if (cause != null) {
      throw cause;
    }
  }

  private void write() {
    try (Connection connection = environment.connect(database);
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into tweet.activity (messageid, action) values (?, 'rt')")) {
      while (!stopped) {
        insert.setLong(1, 1 + random.nextInt(50));
        insert.executeUpdate();
        written.incrementAndGet();
        LockSupport.parkNanos(NANOS_BETWEEN);
      }
    } catch (SQLException e) {
      failure = e;
    }
  }
}
