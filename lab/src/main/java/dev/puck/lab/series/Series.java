package dev.puck.lab.series;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.strategy.Site;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.tweet.TweetDatabase;
import dev.puck.lab.workload.Isolation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Does the series' experiments again, and sets its figures beside what comes out. Starts servers of
 * its own, and touches nothing else.
 */
public final class Series {
  private static final Duration ONE = Duration.ofSeconds(3);
  private static final Duration WITH_KAFKA = Duration.ofSeconds(20);

  private final SeriesOptions options;
  private final Progress progress;

  private Series(SeriesOptions options, Consumer<String> lines) {
    this.options = options;
    this.progress =
        new Progress(
            lines, CrowdExperiment.estimate(options).plus(ONE.multipliedBy(2)).plus(WITH_KAFKA));
  }

  /**
   * Runs them.
   *
   * @param progress hears a line before each
   */
  public static SeriesReport run(SeriesOptions options, Consumer<String> progress)
      throws SQLException, IOException, InterruptedException {
    return new Series(options, progress).run();
  }

  private SeriesReport run() throws SQLException, IOException, InterruptedException {
    Instant at = Instant.now();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    progress.say("Seed %d; starting the servers", options.seed());
    ServerConfig durable = new ServerConfig(0, /* durable= */ true, Map.of("max_wal_size", "8GB"));
    try (EmbeddedServers servers =
        EmbeddedServers.inTemporaryDirectory(EmbeddedConfig.defaults().withPostgres(durable))) {
      TweetDatabase.addServiceRole(servers.postgres());
      CrowdResult crowds = new CrowdExperiment(options, servers.postgres(), progress).run();
      List<PartResult> parts = new ArrayList<>(List.of(crowds, isolation(servers)));
      parts.addAll(caches(servers));
      return new SeriesReport(at, options, crowds, parts, load, progress.seconds());
    }
  }

  private FactsResult isolation(EmbeddedServers servers) throws SQLException, InterruptedException {
    progress.step(ONE, "two sessions update one row");
    TweetDatabase database = database(servers, "isolation");
    List<Fact> facts = new ArrayList<>();
    for (Isolation each : List.of(Isolation.READ_COMMITTED, Isolation.REPEATABLE_READ)) {
      facts.addAll(TwoSessions.run(database, each));
    }
    database.drop();
    return new FactsResult(
        "isolation",
        "Two sessions update one row; the second comes before the first commits",
        facts);
  }

  private List<PartResult> caches(EmbeddedServers servers)
      throws SQLException, IOException, InterruptedException {
    progress.step(ONE, "the series' cache service starts again");
    Fact listen = Restarting.ofListen(site(servers, "listen"));
    progress.step(WITH_KAFKA, "bridge and consumer start again, and equal notifications");
    Site site = site(servers, "kafka");
    try (Strategy strategy = Strategies.open(Restarting.SUMMARY, site)) {
      strategy.start();
      Fact summary = Restarting.ofSummary(strategy, site);
      site.database().run("/sql/tweet/notify.sql");
      return List.of(
          new FactsResult(
              "folding", "Actions of one transaction that are notified", Folding.run(site)),
          new FactsResult(
              "restart", "Retweets that a table shows after a restart", List.of(listen, summary)));
    }
  }

  /** One where message 1 was retweeted as often as the series' was. */
  private Site site(EmbeddedServers servers, String name) throws SQLException {
    TweetDatabase database = database(servers, name);
    database.execute(
        "insert into tweet.activity (messageid, action) select 1, 'rt'"
            + " from generate_series(1, %d)".formatted(Restarting.RETWEETS));
    return new Site(servers, database, name);
  }

  private TweetDatabase database(EmbeddedServers servers, String name) throws SQLException {
    return TweetDatabase.create(servers.postgres(), name, 1, 0, options.seed());
  }
}
