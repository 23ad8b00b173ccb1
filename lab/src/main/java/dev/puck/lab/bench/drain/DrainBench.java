package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.BridgeSettings;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import dev.puck.lab.process.ChildJvm;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A backlog, written while no bridge ran, goes to Kafka; beside it the same records from a producer
 * that has nothing else to do. Both have done the same once before in the same JVM. The same
 * backlog serves all: each time it is read by another bridge, to which it is new.
 */
public final class DrainBench {
  private static final int SLOWEST_ROWS_A_SECOND = 1_000;
  private static final int PREPARED_ROWS_A_SECOND = 25_000;
  private static final int DRAINED_ROWS_A_SECOND = 50_000;
  private static final Duration START = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;

  private DrainBench(Plan plan, Stage stage, Progress progress) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
  }

  /** About how long it takes. */
  public static Duration estimate(Plan plan) {
    Duration each = preparing(plan).plus(measuring(plan).multipliedBy(4L * plan.pairs()));
    return each.multipliedBy(Backlog.values().length);
  }

  /** Runs it. */
  public static DrainResult run(Plan plan, Stage stage, Progress progress)
      throws SQLException, InterruptedException {
    return new DrainBench(plan, stage, progress).run();
  }

  private DrainResult run() throws SQLException, InterruptedException {
    List<DrainResult.Drained> drained = new ArrayList<>();
    for (Backlog backlog : Backlog.values()) {
      drained.add(measure(backlog));
    }
    return new DrainResult(plan.rows(), drained);
  }

  private DrainResult.Drained measure(Backlog backlog) throws SQLException, InterruptedException {
    progress.step(preparing(plan), "drain, preparing %,d %s", plan.rows(), backlog.text());
    Database database = stage.database("bench_drain_" + backlog.id());
    backlog.prepare(database, plan.rows());
    Rates rates = new Rates();
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      String what = backlog.text() + ", pair " + pair + " of " + plan.pairs();
      // The producer sends what the first bridge published, so then it cannot go first.
      boolean bridgeFirst = plan.random().nextBoolean() || pair == 1;
      if (!bridgeFirst) {
        produce(backlog, pair, what, rates);
      }
      drain(backlog, database, pair, what, rates);
      if (bridgeFirst) {
        produce(backlog, pair, what, rates);
      }
    }
    return new DrainResult.Drained(backlog, rates);
  }

  private void drain(Backlog backlog, Database database, int pair, String what, Rates rates)
      throws SQLException, InterruptedException {
    progress.step(measuring(plan), "drain, %s: bridge", what);
    forgetReader(database);
    BridgeSettings settings = BridgeSettings.of(name(backlog, pair), database).onlyReading();
    try (BridgeProcess bridge = stage.bridge(settings.named("warm-up-" + settings.name()))) {
      double cold = drained(bridge);
      progress.say("  %,.0f events/s in a new JVM", cold);
      stage.topics().delete(backlog.topic("warm-up-" + name(backlog, pair) + "."));
      forgetReader(database);
      stage.change(bridge, settings);
      double perSecond = drained(bridge);
      progress.say("  %,.0f events/s", perSecond);
      double bytes =
          DrainCheck.bytesInRecord(stage.bootstrapServers(), topic(backlog, pair), plan.rows());
      rates.addBridge(perSecond, cold, bytes);
    }
    if (pair > 1) {
      stage.topics().delete(topic(backlog, pair));
    }
  }

  /** The outbox belongs to who reads it first: as if nobody had read it yet. */
  private static void forgetReader(Database database) throws SQLException {
    database.execute("delete from puck.bridge");
  }

  /** Events a second from the moment when it relays. */
  private double drained(BridgeProcess bridge) throws InterruptedException {
    awaitDrained(bridge);
    return perSecond(System.nanoTime() - bridge.startedAt());
  }

  private void awaitDrained(BridgeProcess bridge) throws InterruptedException {
    Patience.until(
        "the backlog is in Kafka",
        PATIENCE.plusSeconds(plan.rows() / SLOWEST_ROWS_A_SECOND),
        200,
        () -> {
          BridgeProcess.Status status = bridge.status();
          return status.published() >= plan.rows() && status.pending() == 0;
        });
  }

  private void produce(Backlog backlog, int pair, String what, Rates rates)
      throws InterruptedException {
    progress.step(measuring(plan), "drain, %s: bare producer", what);
    String from = topic(backlog, 1);
    String to = from + ".bare-" + pair;
    String warmUp = to + ".warm-up";
    stage.topics().create(to);
    stage.topics().create(warmUp);
    double perSecond = perSecond(produce(from, warmUp, to));
    progress.say("  %,.0f events/s", perSecond);
    rates.addBare(perSecond);
    stage.topics().delete(to);
    stage.topics().delete(warmUp);
  }

  /**
   * In a process like the bridge's, which has sent the same before; nanoseconds from the first
   * record to the last's answer.
   */
  private long produce(String from, String warmUp, String to) throws InterruptedException {
    List<String> arguments =
        List.of(stage.bootstrapServers(), from, Integer.toString(plan.rows()), warmUp, to);
    try (ChildJvm producer =
        ChildJvm.start(
            new ChildJvm.Launch(
                "bare producer",
                BridgeProcess.JVM_OPTIONS,
                BareProducerMain.class,
                arguments,
                stage.logFile()))) {
      Duration patience = PATIENCE.plusSeconds(plan.rows() / SLOWEST_ROWS_A_SECOND);
      producer.await(BareProducerMain.READY, patience);
      producer.tell("go");
      return Long.parseLong(producer.await(BareProducerMain.SENT, patience));
    }
  }

  private static String name(Backlog backlog, int pair) {
    return "drain-" + backlog.text().replace(' ', '-') + "-" + pair;
  }

  private static String topic(Backlog backlog, int pair) {
    return backlog.topic(name(backlog, pair) + ".");
  }

  private double perSecond(long nanos) {
    return plan.rows() * 1e9 / nanos;
  }

  private static Duration preparing(Plan plan) {
    return Duration.ofSeconds(plan.rows() / PREPARED_ROWS_A_SECOND);
  }

  private static Duration measuring(Plan plan) {
    return START.plusSeconds(plan.rows() / DRAINED_ROWS_A_SECOND);
  }
}
