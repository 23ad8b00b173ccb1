package dev.puck.lab.bench.latency;

import dev.puck.bridge.config.Delivery;
import dev.puck.lab.bench.load.OpenLoad;
import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.stage.BridgeSettings;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * From an insert into a watched table to a consumer that reads what is committed; beside it, in
 * each pair, what no bridge can undercut: a notification to another session, and a producer's
 * acknowledgement.
 */
public final class LatencyBench {
  private static final String NAME = "bench-latency";
  private static final String TABLE = "public.sale";
  private static final String BARE_TOPIC = "bench-latency-bare";
  private static final int SINGLES_A_SECOND = 20;

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final Database database;
  private final Arrivals arrivals;
  private final LatencyResult result = new LatencyResult();
  private long nextId;

  private LatencyBench(Plan plan, Stage stage, Progress progress, Database database) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.database = database;
    this.arrivals = new Arrivals(mostRows(plan));
  }

  /** About how long it takes. */
  public static Duration estimate(Plan plan, Source source) {
    long deliveries = Delivery.values().length;
    long measurements = deliveries * loads(source).size() + 2;
    return plan.measurement().multipliedBy(plan.pairs() * measurements);
  }

  /**
   * Runs it.
   *
   * @param debezium the class path to compare with it, too, if so
   */
  public static LatencyResult run(
      Plan plan, Stage stage, Progress progress, Optional<String> debezium)
      throws SQLException, InterruptedException, IOException {
    Database database = stage.database("bench_latency");
    database.execute(Sale.createTable(TABLE));
    stage.source().capture(database, TABLE, NAME);
    BridgeSettings settings = stage.settings(NAME, database);
    stage.topics().create(settings.prefix() + TABLE);
    stage.topics().create(BARE_TOPIC);
    try {
      return new LatencyBench(plan, stage, progress, database).run(debezium);
    } finally {
      stage.source().release(database, NAME);
    }
  }

  private LatencyResult run(Optional<String> classPath)
      throws SQLException, InterruptedException, IOException {
    Optional<DebeziumLatency> debezium = Optional.empty();
    if (classPath.isPresent()) {
      debezium = Optional.of(DebeziumLatency.prepare(plan, stage, classPath.get(), mostRows(plan)));
    }
    List<Delivery> order = new ArrayList<>(Arrays.asList(Delivery.values()));
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      measureBare(pair);
      if (debezium.isPresent()) {
        measure(pair, debezium.get());
      }
      Collections.shuffle(order, new Random(plan.random().nextLong()));
      for (Delivery delivery : order) {
        measure(pair, delivery);
      }
    }
    return result;
  }

  private void measureBare(int pair) throws SQLException, InterruptedException, IOException {
    int perSecond = Load.STEADY.perSecond();
    step(pair, "a bare LISTEN, " + Load.STEADY.text());
    result.addListen(BareListen.measure(plan, database, perSecond));
    step(pair, "a bare producer, " + Load.STEADY.text());
    result.addProducer(BareProducer.measure(plan, stage.bootstrapServers(), BARE_TOPIC, perSecond));
  }

  private void measure(int pair, DebeziumLatency debezium)
      throws SQLException, InterruptedException, IOException {
    step(pair, "Debezium");
    debezium
        .measure(pair, loads(stage.source()))
        .forEach(
            (load, latencies) -> {
              say(latencies);
              result.addDebezium(load, latencies);
            });
  }

  private void say(Latencies latencies) {
    progress.say(
        "  p50 %.2f ms, p99 %.1f ms",
        latencies.fromCommit().getValueAtPercentile(50) / 1e6,
        latencies.fromCommit().getValueAtPercentile(99) / 1e6);
  }

  @SuppressWarnings("try") // Bridge and observer work by being there.
  private void measure(int pair, Delivery delivery)
      throws SQLException, InterruptedException, IOException {
    BridgeSettings settings = stage.settings(NAME, database).with(delivery);
    try (BridgeProcess bridge = stage.bridge(settings);
        Observer observer =
            Observer.start(stage.bootstrapServers(), settings.prefix() + TABLE, arrivals);
        OpenLoad load =
            OpenLoad.connect(database.postgres().port(), database.name(), Sale.insertInto(TABLE))) {
      for (Load each : loads(stage.source())) {
        step(pair, LatencyResult.text(delivery) + ", " + each.text());
        Latencies latencies = each.isAsleep() ? fromAsleep(load) : fromAwake(load, each);
        say(latencies);
        result.add(delivery, each, latencies);
      }
    }
  }

  /** Who reads the WAL never sleeps: its session waits for the next record. */
  private static List<Load> loads(Source source) {
    return source == Source.OUTBOX
        ? List.of(Load.STEADY, Load.BUSY, Load.ASLEEP)
        : List.of(Load.STEADY, Load.BUSY);
  }

  private Latencies fromAsleep(OpenLoad load) throws SQLException, InterruptedException {
    SleepProbe probe = new SleepProbe(plan, database, arrivals);
    Latencies latencies = probe.measure(load, nextId);
    nextId += latencies.fromCommit().getTotalCount();
    return latencies;
  }

  private Latencies fromAwake(OpenLoad load, Load each) throws InterruptedException {
    AwakeProbe.Outcome outcome =
        new AwakeProbe(plan, arrivals).measure(load, each.perSecond(), nextId);
    nextId = outcome.nextId();
    return outcome.latencies();
  }

  /** Both rates with their warm-ups; those from asleep are a few a second. */
  private static int mostRows(Plan plan) {
    long seconds = plan.measurement().toSeconds() + 1;
    int perSecond = Load.STEADY.perSecond() + Load.BUSY.perSecond() + SINGLES_A_SECOND;
    return Math.toIntExact(seconds * perSecond * plan.pairs() * Delivery.values().length);
  }

  private void step(int pair, String what) {
    progress.step(plan.measurement(), "latency, pair %d of %d: %s", pair, plan.pairs(), what);
  }
}
