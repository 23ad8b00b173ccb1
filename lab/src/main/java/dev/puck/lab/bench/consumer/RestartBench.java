package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.consumer.RestartResult.Restarted;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** How soon a cache in memory serves in a new process; in turns with what only reads. */
final class RestartBench {
  private static final int READ_A_SECOND = 100_000;
  private static final Duration START = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final RestartResult result;

  private RestartBench(Plan plan, Stage stage, Progress progress, int keys) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.result = new RestartResult(keys);
  }

  static Duration estimate(Plan plan) {
    return measuring(plan).multipliedBy((long) Restarted.values().length * plan.pairs());
  }

  static RestartResult run(Plan plan, Stage stage, Progress progress, Feeds feeds)
      throws SQLException, InterruptedException {
    return new RestartBench(plan, stage, progress, feeds.require(Feed.SALES)).run();
  }

  private RestartResult run() throws InterruptedException {
    List<Restarted> order = new ArrayList<>(List.of(Restarted.values()));
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      Collections.shuffle(order, new Random(plan.random().nextLong()));
      for (Restarted each : order) {
        progress.step(
            measuring(plan), "restart, pair %d of %d: %s", pair, plan.pairs(), each.text());
        measure(each, "restart-" + pair);
      }
    }
    return result;
  }

  private void measure(Restarted restarted, String name) throws InterruptedException {
    long begin = System.nanoTime();
    if (restarted == Restarted.BARE_READER) {
      BareReader reader = BareReader.start(stage, Feed.SALES.topic(), result.keys());
      try {
        note(restarted, begin, reader.await(PATIENCE));
      } finally {
        reader.kill();
      }
      return;
    }
    ConsumerSettings settings = ConsumerSettings.memory(name, List.of(Feed.SALES.topic()));
    ConsumerProcess consumer = ConsumerProcess.start(settings, stage);
    try {
      note(restarted, begin, consumer.awaitFilled(result.keys(), PATIENCE));
    } finally {
      consumer.kill();
    }
  }

  private void note(Restarted restarted, long begin, Filling filling) {
    double took = (System.nanoTime() - begin) / 1e9;
    result.add(restarted, took, filling);
    progress.say("  %.1f s, %,.0f keys/s of warm-up", took, filling.perSecondInAll());
  }

  private static Duration measuring(Plan plan) {
    return START.plusSeconds(plan.rows() / READ_A_SECOND);
  }
}
