package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.consumer.HttpResult.Asked;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * A server that is asked at a steady rate for keys of its cache in memory, and for what is always
 * the same; while the cache changes, and while it does not.
 */
final class HttpBench {
  private static final String LIVE = "bench-http-live";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Spreads the requests over the keys, one as often as the other. */
  private static final long STRIDE = 7_919;

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final int keys;
  private final HttpResult result = new HttpResult();
  private long nextBatch;

  private HttpBench(Plan plan, Stage stage, Progress progress, int keys) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.keys = keys;
  }

  static Duration estimate(Plan plan) {
    return warmingUp(plan)
        .plus(plan.measurement().multipliedBy((long) plan.pairs() * Asked.values().length));
  }

  static HttpResult run(Plan plan, Stage stage, Progress progress, Feeds feeds)
      throws SQLException, IOException, InterruptedException {
    return new HttpBench(plan, stage, progress, feeds.require(Feed.SALES)).run();
  }

  private HttpResult run() throws IOException, InterruptedException {
    stage.topics().createCompacted(LIVE);
    ConsumerSettings settings = ConsumerSettings.memory("http", List.of(Feed.SALES.topic(), LIVE));
    try (ConsumerProcess consumer = ConsumerProcess.start(settings, stage)) {
      consumer.awaitFilled(keys, PATIENCE);
      try (HttpLoad load = HttpLoad.connect(consumer.url())) {
        progress.step(warmingUp(plan), "http, warming up");
        for (Asked asked : List.of(Asked.CONSTANT, Asked.CACHE)) {
          Histogram unused = load.run(path(asked), HttpResult.REQUESTS, plan.duration());
        }
        measure(consumer, load);
      }
    }
    return result;
  }

  private void measure(ConsumerProcess consumer, HttpLoad load) throws InterruptedException {
    List<Asked> order = new ArrayList<>(List.of(Asked.values()));
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      Collections.shuffle(order, new Random(plan.random().nextLong()));
      for (Asked asked : order) {
        progress.step(
            plan.measurement(), "http, pair %d of %d: %s", pair, plan.pairs(), asked.text());
        Histogram latency = ask(asked, consumer, load);
        progress.say(
            "  p50 %.2f ms, p99 %.2f ms",
            latency.getValueAtPercentile(50) / 1e6, latency.getValueAtPercentile(99) / 1e6);
        result.of(asked).add(latency);
      }
    }
  }

  private Histogram ask(Asked asked, ConsumerProcess consumer, HttpLoad load)
      throws InterruptedException {
    if (!asked.hasEvents()) {
      load.run(path(asked), HttpResult.REQUESTS, plan.warmUp());
      return load.run(path(asked), HttpResult.REQUESTS, plan.duration());
    }
    try (EventLoad events =
        EventLoad.start(
            stage.bootstrapServers(), Feed.SALES.topic(), LIVE, HttpResult.EVENTS, nextBatch)) {
      load.run(path(asked), HttpResult.REQUESTS, plan.warmUp());
      long before = consumer.events();
      long begin = System.nanoTime();
      Histogram latency = load.run(path(asked), HttpResult.REQUESTS, plan.duration());
      result.applied((consumer.events() - before) * 1e9 / (System.nanoTime() - begin));
      // It goes on for a moment.
      nextBatch = events.nextBatch() + HttpResult.EVENTS;
      return latency;
    }
  }

  private static Duration warmingUp(Plan plan) {
    return plan.duration().multipliedBy(2);
  }

  private IntFunction<String> path(Asked asked) {
    return switch (asked) {
      case CACHE, CACHE_WITHOUT_EVENTS -> number -> "/caches/sale/" + number * STRIDE % keys;
      case CONSTANT, CONSTANT_WITHOUT_EVENTS -> number -> "/health/live";
    };
  }
}
