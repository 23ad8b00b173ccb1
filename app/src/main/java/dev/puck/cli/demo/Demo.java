package dev.puck.cli.demo;

import dev.puck.cli.ExitCode;
import dev.puck.cli.StopSignal;
import dev.puck.cli.demo.play.LoadedPlay;
import dev.puck.embedded.ServerException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** The demo from its first server to its last comparison. Runs in the thread that calls it. */
public final class Demo {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /** How long nothing may move before a difference is taken for a drift. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final DemoOptions options;
  private final DemoOutput output;
  private final StopSignal stop;

  public Demo(DemoOptions options, DemoOutput output, StopSignal stop) {
    this.options = options;
    this.output = output;
    this.stop = stop;
  }

  /** Runs it; returns the process's exit code. */
  public int run() throws SQLException, InterruptedException {
    try {
      return runToTheEnd();
    } catch (ServerException | TransientException e) {
      if (stop.isRequested()) {
        // Ctrl-C reaches all processes of the terminal, such as one that was being set up.
        return stopped();
      }
      throw e;
    }
  }

  private int runToTheEnd() throws SQLException, InterruptedException {
    options.play().open().close();
    output.say("Starting PostgreSQL and Kafka on free ports of 127.0.0.1 ...");
    try (DemoServers servers = DemoServers.start(stop::isRequested)) {
      if (stop.isRequested()) {
        return stopped();
      }
      Postgres source = new Postgres(servers.source(), "puck demo");
      Postgres downstream = new Postgres(servers.downstream(), "puck demo");
      try (Connection sourceConnection = source.connect();
          Connection downstreamConnection = downstream.connect()) {
        Stage stage = Stage.set(servers, sourceConnection, downstreamConnection, options, output);
        introduce(stage.play());
        try (Pipeline pipeline = Pipeline.start(servers, options)) {
          showWhereToLook(servers, pipeline);
          return play(source, stage, pipeline, sourceConnection, downstreamConnection);
        }
      }
    }
  }

  private int play(
      Postgres source,
      Stage stage,
      Pipeline pipeline,
      Connection sourceConnection,
      Connection downstreamConnection)
      throws SQLException, InterruptedException {
    Crowd crowd = watchCrowd(source, stage, pipeline);
    if (stop.isRequested()) {
      return stopped();
    }
    Comparison comparison = compare(pipeline, sourceConnection, downstreamConnection);
    output.finish(
        new DemoSummary(
            stage.play(),
            changes(sourceConnection),
            crowd.seconds(),
            pipeline.bridgeStatus(),
            comparison,
            crowd.staleness()));
    pipeline.projectionProblems().forEach(problem -> output.say("problem    %s", problem));
    stay();
    return comparison.drift() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** What was seen while the crowd was busy; staleness in microseconds. */
  private record Crowd(double seconds, Histogram staleness) {}

  /** Until the time is over, or somebody wants an end. */
  private Crowd watchCrowd(Postgres source, Stage stage, Pipeline pipeline)
      throws InterruptedException {
    long start = System.nanoTime();
    try (Traffic traffic = Traffic.start(source, stage.crowd(), options.crowd(), Deed.ADD);
        StalenessProbe probe =
            new StalenessProbe(source, stage.probe(), pipeline::cachedRetweets)) {
      LiveLine line = new LiveLine(pipeline, () -> traffic.written() + probe.written(), probe);
      long end = start + options.duration().toNanos();
      for (long left = end - start; left > 0; left = end - System.nanoTime()) {
        if (stop.await(Duration.ofNanos(Math.min(left, SECOND.toNanos())))) {
          break;
        }
        line.say(output);
      }
      return new Crowd((System.nanoTime() - start) / 1e9, probe.total());
    }
  }

  private void introduce(LoadedPlay play) {
    output.say("%s: %,d tweets by %d users.", play.title(), play.tweets(), play.users());
  }

  private void showWhereToLook(DemoServers servers, Pipeline pipeline) {
    output.say("Look at it while it runs:");
    output.say("  %s and %s in a browser", pipeline.consumerUrl(), pipeline.bridgeUrl());
    output.say("  curl %s/caches/counters/1", pipeline.consumerUrl());
    output.say("  curl %s/status", pipeline.consumerUrl());
    output.say("  curl %s/status", pipeline.bridgeUrl());
    output.say("  curl %s/metrics", pipeline.bridgeUrl());
    output.say(
        "  psql -h 127.0.0.1 -p %d -U postgres -c 'table twcache.counters limit 5' %s",
        servers.postgresPort(), DemoServers.DOWNSTREAM_DATABASE);
    output.say(
        "  ./puck tail %s --bootstrap-servers %s",
        Pipeline.TOPIC, servers.kafka().bootstrapServers());
  }

  /** Waits until all that is under way has arrived, and compares once more than needed. */
  private Comparison compare(Pipeline pipeline, Connection source, Connection downstream)
      throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + CATCH_UP_PATIENCE.toNanos();
    long quietSince = System.nanoTime();
    long moved = pipeline.applied();
    while (true) {
      Comparison comparison = Comparison.make(source, downstream, pipeline::cached);
      long now = System.nanoTime();
      if (!pipeline.isDrained() || pipeline.applied() != moved) {
        moved = pipeline.applied();
        quietSince = now;
      }
      boolean isOver = now - quietSince > QUIET.toNanos() || now - deadline > 0;
      if (comparison.drift() == 0 || isOver || stop.await(LOOK_AGAIN)) {
        return comparison;
      }
    }
  }

  private void stay() throws InterruptedException {
    if (options.keep()) {
      output.say("Everything stays until Ctrl-C.");
      stop.await();
    }
  }

  private int stopped() {
    output.say("Stopped before the end; nothing was compared.");
    return ExitCode.INTERRUPTED;
  }

  private static long changes(Connection source) throws SQLException {
    try (Statement statement = source.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from tweet.activity")) {
      row.next();
      return row.getLong(1);
    }
  }
}
