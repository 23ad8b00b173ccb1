package dev.puck.lab.series;

import dev.puck.lab.strategy.Reader;
import dev.puck.lab.strategy.Site;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.strategy.Strategy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a table of counters shows after the service that keeps it was ended and started again. */
final class Restarting {
  static final String LISTEN = "listen";
  static final String SUMMARY = "kafka-summary-outbox";

  /** What the series' play came to: its table shows 41,688. */
  static final int RETWEETS = 20_844;

  private static final double SERIES_RATIO = 41_688 / 20_844.0;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;

  private Restarting() {}

  /** The series' own service. */
  static Fact ofListen(Site site) throws SQLException, IOException, InterruptedException {
    try (Strategy strategy = Strategies.open(LISTEN, site)) {
      strategy.start();
      long shown = afterRestart(strategy, site);
      return Fact.beside(
          "restart_listen", "the series' cache service shows", RETWEETS, shown, SERIES_RATIO);
    }
  }

  /**
   * A summary that a bridge and a consumer keep.
   *
   * @param strategy has started
   */
  static Fact ofSummary(Strategy strategy, Site site)
      throws SQLException, IOException, InterruptedException {
    return Fact.ours(
        "restart_summary", "a consumer's summary shows", RETWEETS, afterRestart(strategy, site));
  }

  /** The retweets that are shown once something newer is. */
  private static long afterRestart(Strategy strategy, Site site)
      throws SQLException, IOException, InterruptedException {
    strategy.restart();
    try (Reader reader = strategy.openReader()) {
      long favs = reader.read(1).favs();
      site.database().execute("insert into tweet.activity (messageid, action) values (1, 'fav')");
      awaitMoreFavs(reader, favs);
      return reader.read(1).rts();
    }
  }

  private static void awaitMoreFavs(Reader reader, long before)
      throws SQLException, IOException, InterruptedException {
    long begin = System.nanoTime();
    while (reader.read(1).favs() <= before) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("What is done after the restart does not show");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }
}
