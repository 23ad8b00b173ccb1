package dev.puck.lab;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.lab.report.LabReport;
import dev.puck.lab.report.Outcome;
import dev.puck.lab.report.Settings;
import dev.puck.lab.report.Surroundings;
import dev.puck.lab.report.Verdict;
import dev.puck.lab.strategy.Site;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.trial.Contest;
import dev.puck.lab.trial.Measurement;
import dev.puck.lab.trial.Metric;
import dev.puck.lab.trial.StrategyCandidate;
import dev.puck.lab.trial.Trial;
import dev.puck.lab.trial.TrialPlan;
import dev.puck.lab.tweet.TweetDatabase;
import dev.puck.lab.workload.Workload;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tries every strategy under the same workload on this machine, each in a database of its own, in
 * an order that changes from round to round. Starts servers of its own, and touches nothing else.
 */
public final class Lab {
  /** To start, to settle and to clean up after a strategy. */
  private static final Duration AROUND = Duration.ofSeconds(6);

  /** To settle, to start again and to settle. */
  private static final Duration AROUND_DISCONNECT = Duration.ofSeconds(18);

  private final LabOptions options;
  private final Contest contest;

  private Lab(LabOptions options, Consumer<String> lines) {
    this.options = options;
    this.contest = new Contest(options.strategies(), options.repeats(), this::estimate, lines);
  }

  /**
   * Runs it.
   *
   * @param progress hears a line before each trial
   */
  public static LabReport run(LabOptions options, Consumer<String> progress)
      throws SQLException, IOException, InterruptedException {
    return new Lab(options, progress).run();
  }

  private LabReport run() throws SQLException, IOException, InterruptedException {
    Instant at = Instant.now();
    Surroundings before = Surroundings.look();
    contest.progress().say("Seed %d; starting the servers", options.workload().seed());
    Map<String, List<Measurement>> measurements;
    try (EmbeddedServers servers = startServers()) {
      measurements =
          contest.run(options.workload().seed(), (name, trial) -> tryOut(servers, name, trial));
    }
    List<Outcome> outcomes = Outcome.all(measurements);
    return new LabReport(
        at,
        settings(before),
        outcomes,
        Verdict.on(outcomes, options.need(), Metric.CORES),
        contest.progress().seconds());
  }

  /** PostgreSQL flushes each commit to the disk; Kafka, as in production, leaves that to others. */
  private static EmbeddedServers startServers() throws SQLException {
    Map<String, String> settings =
        Map.of("wal_level", "logical", "max_wal_size", "8GB", "checkpoint_timeout", "1h");
    EmbeddedServers servers =
        EmbeddedServers.inTemporaryDirectory(
            EmbeddedConfig.defaults()
                .withPostgres(new ServerConfig(0, /* durable= */ true, settings)));
    try {
      TweetDatabase.addServiceRole(servers.postgres());
      return servers;
    } catch (SQLException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private Measurement tryOut(EmbeddedServers servers, String name, int trial)
      throws SQLException, IOException, InterruptedException {
    Workload workload = options.workload();
    String site = "lab" + trial;
    TweetDatabase database =
        TweetDatabase.create(
            servers.postgres(),
            site,
            Math.toIntExact(workload.probed()),
            workload.history(),
            workload.seed());
    Measurement found;
    try (Strategy strategy = Strategies.open(name, new Site(servers, database, site))) {
      TrialPlan plan =
          new TrialPlan(workload, options.closed(), open(strategy), options.disconnect());
      found = Trial.run(plan, new StrategyCandidate(workload, database, strategy));
    }
    database.drop();
    return found;
  }

  /** Long enough to see what is brought up to date only now and then. */
  private Duration open(Strategy strategy) {
    Duration least = strategy.interval().multipliedBy(2);
    return options.open().compareTo(least) < 0 ? least : options.open();
  }

  private Duration estimate(String strategy) {
    Duration measuring = options.closed().multipliedBy(3).dividedBy(2).plus(options.open());
    boolean propagates = strategy.startsWith("kafka") || strategy.equals("listen");
    return measuring
        .plus(AROUND)
        .plus(
            propagates && !options.disconnect().isZero()
                ? options.disconnect().plus(AROUND_DISCONNECT)
                : Duration.ZERO);
  }

  private Map<String, Object> settings(Surroundings before) {
    Workload workload = options.workload();
    return Settings.of(
        before,
        workload,
        options.repeats(),
        options.closed(),
        options.open(),
        Map.of("history", workload.history()));
  }
}
