package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The same topic, read from its beginning to its end into a cache in memory and into a summary; and
 * beside it what applies event by event, and what does not apply at all.
 */
final class ApplyBench {
  private static final int APPLIED_A_SECOND = 50_000;
  private static final int SLOWEST_A_SECOND = 1_000;
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final Database database;
  private final ApplyResult result;

  private ApplyBench(Plan plan, Stage stage, Progress progress, Feeds feeds)
      throws SQLException, InterruptedException {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.database = stage.database("bench_summary");
    this.result =
        new ApplyResult(
            feeds.require(Feed.SALES),
            new Numbers<>(Applier.class),
            new Numbers<>(Applier.class),
            new Numbers<>(Applier.class));
  }

  static Duration estimate(Plan plan) {
    return measuring(plan).multipliedBy((long) Applier.values().length * plan.pairs());
  }

  static ApplyResult run(Plan plan, Stage stage, Progress progress, Feeds feeds)
      throws SQLException, InterruptedException {
    return new ApplyBench(plan, stage, progress, feeds).run();
  }

  private ApplyResult run() throws SQLException, InterruptedException {
    List<Applier> order = new ArrayList<>(List.of(Applier.values()));
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      Collections.shuffle(order, new Random(plan.random().nextLong()));
      for (Applier applier : order) {
        progress.step(
            measuring(plan), "apply, pair %d of %d: %s", pair, plan.pairs(), applier.text());
        double perSecond = measure(applier, "apply-" + applier.id().replace('_', '-') + "-" + pair);
        progress.say("  %,.0f events/s", perSecond);
        result.warm().add(applier, perSecond);
      }
    }
    return result;
  }

  private double measure(Applier applier, String name) throws SQLException, InterruptedException {
    return switch (applier) {
      case MEMORY -> memory(name);
      case SUMMARY -> summary(name);
      case ONE_BY_ONE -> oneByOne(name);
      case BARE_STATEMENT ->
          new BareStatements(stage, database, target(name)).run(plan.warmUp(), plan.duration());
      case BARE_READER -> read();
    };
  }

  private double memory(String name) throws InterruptedException {
    List<String> topics = List.of(Feed.SALES.topic());
    ConsumerSettings first = ConsumerSettings.memory("warm-up-" + name, topics);
    try (ConsumerProcess consumer = ConsumerProcess.start(first, stage)) {
      cold(Applier.MEMORY, filled(consumer));
      return warm(Applier.MEMORY, consumer, ConsumerSettings.memory(name, topics));
    }
  }

  private double summary(String name) throws SQLException, InterruptedException {
    String target = target("warm-up-" + name);
    try (ConsumerProcess consumer =
        ConsumerProcess.start(settings("warm-up-" + name, target), stage)) {
      cold(Applier.SUMMARY, filled(consumer));
      requireAll(target);
      target = target(name);
      double perSecond = warm(Applier.SUMMARY, consumer, settings(name, target));
      requireAll(target);
      return perSecond;
    }
  }

  /** For as long as a measurement takes, or until all events are applied. */
  private double oneByOne(String name) throws SQLException, InterruptedException {
    ConsumerSettings settings = settings(name, target(name)).oneByOne();
    try (ConsumerProcess consumer = ConsumerProcess.start(settings, stage)) {
      TimeUnit.NANOSECONDS.sleep(plan.warmUp().toNanos());
      long before = consumer.events();
      long begin = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(plan.duration().toNanos());
      double perSecond = (consumer.events() - before) * 1e9 / (System.nanoTime() - begin);
      consumer.kill();
      return perSecond;
    }
  }

  private double read() throws InterruptedException {
    try (BareReader reader = BareReader.start(stage, Feed.SALES.topic(), result.events())) {
      cold(Applier.BARE_READER, reader.await(patience()));
      reader.again();
      return reader.await(patience()).perSecond();
    }
  }

  private double warm(Applier applier, ConsumerProcess consumer, ConsumerSettings settings)
      throws InterruptedException {
    CpuTime before = consumer.cpu();
    consumer.change(settings);
    double perSecond = filled(consumer).perSecond();
    double cpu = consumer.cpu().since(before).toNanos() / 1e9 * 100_000 / result.events();
    progress.say("  %.2f s of CPU for 100,000", cpu);
    result.cpu().add(applier, cpu);
    return perSecond;
  }

  private void cold(Applier applier, Filling filling) {
    progress.say("  %,.0f events/s in a new JVM", filling.perSecond());
    result.cold().add(applier, filling.perSecond());
  }

  private Filling filled(ConsumerProcess consumer) throws InterruptedException {
    return consumer.awaitFilled(result.events(), patience());
  }

  private ConsumerSettings settings(String name, String target) {
    return ConsumerSettings.summary(name, Feed.SALES.topic(), database, target);
  }

  /** A new table for the summary of that name. */
  private String target(String name) throws SQLException {
    String target = "public.totals_" + name.replace('-', '_');
    Totals.create(database, target);
    return target;
  }

  private void requireAll(String target) throws SQLException {
    long sales = Totals.sales(database, target);
    if (sales != result.events()) {
      throw new IllegalStateException(
          "Of %,d events the summary has %,d; this is a fault in Puck."
              .formatted(result.events(), sales));
    }
  }

  private Duration patience() {
    return PATIENCE.plusSeconds(result.events() / SLOWEST_A_SECOND);
  }

  private static Duration measuring(Plan plan) {
    return START.plusSeconds(plan.rows() / APPLIED_A_SECOND);
  }
}
