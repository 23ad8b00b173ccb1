package dev.puck.cli;

import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sells about two hundred times a second, and watches a table in which a summary counts the sales:
 * how long each takes from its commit until that many are counted.
 */
final class Sales implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long NANOS_BETWEEN = 5_000_000;
  private static final int MORE = 100;

  private final TestEnvironment environment;
  private final Deque<Long> uncounted = new ArrayDeque<>();
  private final Map<String, Histogram> staleness = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::sell, "sales");
  private volatile boolean stopped;
  private volatile long counted;
  private volatile @Nullable Throwable failure;
  private volatile String phase = "start";
  private long written;

  Sales(TestEnvironment environment) {
    this.environment = environment;
    thread.start();
  }

  /** What is measured from now on is told apart. */
  void phase(String name) {
    phase = name;
  }

  /** How many the summary has counted. */
  long counted() {
    return counted;
  }

  /** Until some that were not counted before are. */
  void awaitMore() {
    long enough = counted + MORE;
    await().atMost(PATIENCE).until(() -> counted >= enough || failure != null);
  }

  /** Sells no more, goes on watching; how many there are. */
  long stop() throws SQLException {
    stopped = true;
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      await()
          .atMost(PATIENCE)
          .until(() -> number(statement, "select max(id) from sale") == written);
    }
    return written;
  }

  /** Median and longest of each phase, in milliseconds. */
  synchronized String report() {
    StringBuilder report = new StringBuilder();
    staleness.forEach(
        (name, histogram) ->
            report
                .append("; ")
                .append(name)
                .append(": ")
                .append(histogram.getValueAtPercentile(50))
                .append(", ")
                .append(histogram.getMaxValue()));
    return report.toString();
  }

  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sell() {
    try (Connection connection = environment.connect();
        PreparedStatement insert = connection.prepareStatement("insert into sale values (?)");
        Statement statement = connection.createStatement()) {
      while (!Thread.currentThread().isInterrupted()) {
        if (!stopped) {
          insert.setLong(1, written + 1);
          insert.executeUpdate();
          written++;
          uncounted.add(System.nanoTime());
        }
        counted(number(statement, "select coalesce(max(sales), 0) from counted"));
        LockSupport.parkNanos(NANOS_BETWEEN);
      }
    } catch (SQLException e) {
      failure = e;
    }
  }

  private synchronized void counted(long now) {
    Histogram histogram = staleness.computeIfAbsent(phase, name -> new Histogram(3));
    for (; counted < now; counted++) {
      histogram.recordValue((System.nanoTime() - uncounted.remove()) / 1_000_000);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
