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
import org.jspecify.annotations.Nullable;

/** A materialized view, refreshed every now and then. */
final class MaterializedView implements Strategy {
  private static final String REFRESH =
      "refresh materialized view concurrently twcache.counters_matview";

  private final Site site;
  private final Duration interval;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lab-refresh");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Connection connection;
  private @Nullable ScheduledFuture<?> refreshing;

  /** One that is refreshed that often, or as often as it can be if that takes longer. */
  MaterializedView(Site site, Duration interval) {
    this.site = site;
    this.interval = interval;
  }

  @Override
  public void start() throws SQLException {
    site.database().run("/sql/cache/materialized_view.sql");
    Connection session = site.database().connect();
    connection = session;
    Statement statement = session.createStatement();
    refreshing =
        clock.scheduleAtFixedRate(
            () -> refresh(statement), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Reader openReader() throws SQLException {
    return new SqlReader(site.database().connect(), "twcache.counters_matview");
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
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

  private static void refresh(Statement statement) {
    try {
      statement.execute(REFRESH);
    } catch (SQLException e) {
      throw new IllegalStateException("The materialized view cannot be refreshed", e);
    }
  }

  /** A view that nobody refreshed any more was not measured. */
  private void requireRefreshed() throws InterruptedException {
    @Nullable ScheduledFuture<?> task = refreshing;
    if (task != null && task.isDone() && !task.isCancelled()) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The refresh ended", e.getCause());
      }
    }
  }

  private void closeConnection() {
    @Nullable Connection session = connection;
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        // The server is gone, and the connection with it.
      }
    }
  }
}
