package dev.puck.lab.strategy;

import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A materialized view, refreshed every now and then. */
final class MaterializedView implements Strategy {
  private static final String VIEW = "twcache.counters_matview";

  private final Site site;
  private final Duration interval;
  private @Nullable Refresher refresher;

  /** One that is refreshed that often, or as often as it can be if that takes longer. */
  MaterializedView(Site site, Duration interval) {
    this.site = site;
    this.interval = interval;
  }

  @Override
  public void start() throws SQLException {
    site.database().run("/sql/cache/materialized_view.sql");
    refresher = new Refresher(site.database().connect(), VIEW, interval);
  }

  @Override
  public Reader openReader() throws SQLException {
    return new SqlReader(site.database().connect(), VIEW);
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public Duration busy() {
    @Nullable Refresher running = refresher;
    return running == null ? Duration.ZERO : running.busy();
  }

  @Override
  public void close() {
    @Nullable Refresher running = refresher;
    if (running != null) {
      running.close();
    }
  }
}
