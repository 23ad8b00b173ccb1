package dev.puck.lab.strategy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Refreshes a materialized view every now and then, or as often as it can if that takes longer. */
public final class Refresher implements AutoCloseable {
  private static final long END_SECONDS = 10;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lab-refresh");
            thread.setDaemon(true);
            return thread;
          });
  private final Connection connection;
  private final LongAdder busyNanos = new LongAdder();
  private final ScheduledFuture<?> refreshing;

  /** Begins at once, and takes over the connection. */
  public Refresher(Connection connection, String view, Duration interval) throws SQLException {
    this.connection = connection;
    Statement statement = connection.createStatement();
    String refresh = "refresh materialized view concurrently " + view;
    this.refreshing =
        clock.scheduleAtFixedRate(
            () -> run(statement, refresh), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Statement statement, String refresh) {
    long began = System.nanoTime();
    try {
      statement.execute(refresh);
    } catch (SQLException e) {
      throw new IllegalStateException("The materialized view cannot be refreshed", e);
    } finally {
      busyNanos.add(System.nanoTime() - began);
    }
  }

  /** How long it refreshed, all in all. */
  public Duration busy() {
    return Duration.ofNanos(busyNanos.sum());
  }

  /**
   * Ends it.
   *
   * @throws IllegalStateException if a refresh failed: a view that nobody refreshed any more was
   *     not measured
   */
  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
      requireRefreshed();
    } catch (InterruptedException e) {
      clock.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      closeConnection();
    }
  }

  private void requireRefreshed() throws InterruptedException {
    if (refreshing.isDone() && !refreshing.isCancelled()) {
      try {
        refreshing.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The refresh ended", e.getCause());
      }
    }
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server is gone, and the connection with it.
    }
  }
}
