package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.consumer.RedisResult.Filler;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A topic, read from its beginning to its end into an empty Redis; in turns with the same call of
 * the same script that needs no topic.
 */
final class RedisBench {
  private static final int WRITTEN_A_SECOND = 50_000;
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String KEY_PREFIX = "puck:sale:";

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final RedisResult result;

  private RedisBench(Plan plan, Stage stage, Progress progress, RedisResult result) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.result = result;
  }

  static Duration estimate(Plan plan) {
    return measuring(plan).multipliedBy(3L * plan.pairs());
  }

  static RedisResult run(Plan plan, Stage stage, Progress progress, Feeds feeds)
      throws SQLException, IOException, InterruptedException {
    RedisResult result =
        new RedisResult(
            feeds.require(Feed.SALES),
            feeds.require(Feed.STOCK),
            RedisReference.find(stage.redis().port()),
            new Numbers<>(Filler.class),
            new Numbers<>(Filler.class));
    return new RedisBench(plan, stage, progress, result).run();
  }

  private RedisResult run() throws IOException, InterruptedException {
    progress.say("  compared with: %s", result.reference().text());
    Evalsha call = firstCall();
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      boolean cacheFirst = plan.random().nextBoolean();
      if (cacheFirst) {
        fill(pair);
      }
      repeat(call, pair);
      if (!cacheFirst) {
        fill(pair);
      }
    }
    return result;
  }

  /** What a cache sends, as Redis itself tells. */
  private Evalsha firstCall() throws IOException, InterruptedException {
    progress.step(measuring(plan), "redis, hearing what a cache sends");
    empty();
    try (RedisConnection monitor = RedisConnection.open(stage.redis().port())) {
      monitor.send("MONITOR");
      try (ConsumerProcess consumer =
          ConsumerProcess.start(settings("redis-first", Feed.SALES), stage)) {
        Evalsha first = Evalsha.first(monitor, KEY_PREFIX);
        // The first of all is refused, since Redis does not know the script yet.
        Patience.until("Redis knows the script", PATIENCE, 10, () -> consumer.events() > 0);
        consumer.kill();
        return first;
      }
    }
  }

  private void fill(int pair) throws IOException, InterruptedException {
    step(pair, Filler.CACHE);
    empty();
    try (ConsumerProcess consumer =
        ConsumerProcess.start(settings("redis-cold-" + pair, Feed.SALES), stage)) {
      double cold = consumer.awaitFilled(result.events(), PATIENCE).perSecond();
      progress.say("  %,.0f events/s in a new JVM", cold);
      result.cold().add(Filler.CACHE, cold);
      empty();
      consumer.change(settings("redis-" + pair, Feed.SALES));
      note(Filler.CACHE, consumer.awaitFilled(result.events(), PATIENCE).perSecond());
      step(pair, Filler.HOT_KEYS);
      empty();
      consumer.change(settings("redis-hot-" + pair, Feed.STOCK));
      note(Filler.HOT_KEYS, consumer.awaitFilled(result.hotEvents(), PATIENCE).perSecond());
    }
  }

  private void repeat(Evalsha call, int pair) throws IOException, InterruptedException {
    step(pair, Filler.REFERENCE);
    empty();
    note(Filler.REFERENCE, result.reference().run(call, KEY_PREFIX, result.events(), log()));
  }

  private Path log() {
    return stage.directory().resolve("redis-benchmark.log");
  }

  private void empty() throws IOException {
    try (RedisConnection connection = RedisConnection.open(stage.redis().port())) {
      connection.send("FLUSHALL", "SYNC");
      connection.line();
    }
  }

  private ConsumerSettings settings(String name, Feed feed) {
    return ConsumerSettings.redis(name, feed.topic(), stage);
  }

  private void step(int pair, Filler filler) {
    progress.step(measuring(plan), "redis, pair %d of %d: %s", pair, plan.pairs(), filler.text());
  }

  private void note(Filler filler, double perSecond) {
    progress.say("  %,.0f events/s", perSecond);
    result.rates().add(filler, perSecond);
  }

  private static Duration measuring(Plan plan) {
    return START.plusSeconds(plan.rows() / WRITTEN_A_SECOND);
  }
}
