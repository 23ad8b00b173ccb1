package dev.puck.lab.bench;

import dev.puck.lab.bench.consumer.ConsumerBench;
import dev.puck.lab.bench.drain.DrainBench;
import dev.puck.lab.bench.idle.IdleBench;
import dev.puck.lab.bench.latency.LatencyBench;
import dev.puck.lab.bench.peer.PeerClassPath;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.bench.writers.WalWritersBench;
import dev.puck.lab.bench.writers.WritersBench;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Measures a source on this machine, each number beside what it is to be compared with. Starts
 * servers of its own, and touches nothing else.
 */
public final class Bench {
  private final BenchOptions options;
  private final Plan plan;
  private final Progress progress;

  /** The class path of its process, where that is compared with. */
  private Optional<String> debezium = Optional.empty();

  private Bench(BenchOptions options, Consumer<String> lines) {
    this.options = options;
    this.plan =
        new Plan(
            options.pairs(),
            options.duration(),
            options.warmUp(),
            options.rows(),
            new Random(options.seed()));
    Duration total =
        options.parts().stream().map(part -> estimate(part)).reduce(Duration.ZERO, Duration::plus);
    this.progress = new Progress(lines, total);
  }

  /**
   * Runs it.
   *
   * @param progress hears a line before each step and after it
   */
  public static BenchReport run(BenchOptions options, Consumer<String> progress)
      throws SQLException, IOException, InterruptedException {
    return new Bench(options, progress).run();
  }

  private BenchReport run() throws SQLException, IOException, InterruptedException {
    Machine machine = Machine.now();
    if (options.subject() == Subject.PEERS) {
      progress.say("Maven fetches and compiles what runs Debezium");
      debezium = Optional.of(PeerClassPath.build());
    }
    progress.say("Seed %d; starting PostgreSQL and Kafka", options.seed());
    List<PartResult> results = new ArrayList<>();
    try (Stage stage = Stage.set(options.subject().source(), options.heap())) {
      ConsumerBench consumer = new ConsumerBench(plan, stage, progress);
      for (Part part : Part.values()) {
        if (options.parts().contains(part)) {
          results.add(run(part, stage, consumer));
        }
      }
    }
    return new BenchReport(options, machine, results, progress.seconds());
  }

  private Duration estimate(Part part) {
    return switch (part) {
      case WRITERS ->
          options.subject().source() == Source.OUTBOX
              ? WritersBench.estimate(plan)
              : WalWritersBench.estimate(plan);
      case DRAIN -> DrainBench.estimate(plan, options.subject().source());
      case LATENCY -> LatencyBench.estimate(plan, options.subject().source());
      case IDLE -> IdleBench.estimate(plan);
      case APPLY -> ConsumerBench.estimateApply(plan);
      case REDIS -> ConsumerBench.estimateRedis(plan);
      case HTTP -> ConsumerBench.estimateHttp(plan);
      case RESTART -> ConsumerBench.estimateRestart(plan);
    };
  }

  private PartResult run(Part part, Stage stage, ConsumerBench consumer)
      throws SQLException, IOException, InterruptedException {
    return switch (part) {
      case WRITERS ->
          options.subject().source() == Source.OUTBOX
              ? WritersBench.run(plan, stage, progress)
              : WalWritersBench.run(plan, stage, progress);
      case DRAIN -> DrainBench.run(plan, stage, progress, debezium);
      case LATENCY -> LatencyBench.run(plan, stage, progress, debezium);
      case IDLE -> IdleBench.run(plan, stage, progress);
      case APPLY -> consumer.apply();
      case REDIS -> consumer.redis();
      case HTTP -> consumer.http();
      case RESTART -> consumer.restart();
    };
  }
}
