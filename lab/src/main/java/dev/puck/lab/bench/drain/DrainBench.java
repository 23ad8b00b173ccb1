package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A backlog, written while no bridge ran, goes to Kafka; beside it what has less to do. All have
 * done the same once before in the same JVM. The same backlog serves all: each time it is read by
 * another bridge, to which it is new.
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
  private final Receiver receiver;
  private final Optional<String> debezium;

  private DrainBench(Plan plan, Stage stage, Progress progress, Optional<String> debezium) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.debezium = debezium;
    this.receiver = Receiver.find(stage.postgresProcess());
  }

  /** About how long it takes. */
  public static Duration estimate(Plan plan, Source source) {
    long drains = (2L + 2L * competitors(source).size()) * plan.pairs();
    Duration each = preparing(plan).plus(measuring(plan).multipliedBy(drains));
    return each.multipliedBy(Backlog.of(source).size());
  }

  /**
   * Runs it.
   *
   * @param debezium the class path to compare with it alone, if so
   */
  public static DrainResult run(
      Plan plan, Stage stage, Progress progress, Optional<String> debezium)
      throws SQLException, InterruptedException {
    return new DrainBench(plan, stage, progress, debezium).run();
  }

  private static List<Competitor> competitors(Source source) {
    return source == Source.OUTBOX
        ? List.of(Competitor.BARE_PRODUCER)
        : List.of(Competitor.BARE_PRODUCER, Competitor.PG_RECVLOGICAL);
  }

  private List<Competitor> competitors() {
    return debezium.isPresent() ? List.of(Competitor.DEBEZIUM) : competitors(stage.source());
  }

  private DrainResult run() throws SQLException, InterruptedException {
    List<DrainResult.Drained> drained = new ArrayList<>();
    for (Backlog backlog : Backlog.of(stage.source())) {
      drained.add(measure(backlog));
    }
    return new DrainResult(plan.rows(), stage.jvmOptions().get(0), drained);
  }

  private DrainResult.Drained measure(Backlog backlog) throws SQLException, InterruptedException {
    progress.step(preparing(plan), "drain, preparing %,d %s", plan.rows(), backlog.text());
    Database database = stage.database("bench_drain_" + backlog.id());
    backlog.prepare(database, plan.rows());
    Rates rates = new Rates();
    List<Competitor> order = new ArrayList<>(competitors());
    for (int pair = 1; pair <= plan.pairs(); pair++) {
      Turn turn = new Turn(backlog, database, pair, rates);
      Collections.shuffle(order, new Random(plan.random().nextLong()));
      // The producer sends what the first bridge published, so then it cannot go first.
      boolean bridgeFirst = plan.random().nextBoolean() || pair == 1;
      if (bridgeFirst) {
        drain(turn);
      }
      for (Competitor competitor : order) {
        compete(competitor, turn);
      }
      if (!bridgeFirst) {
        drain(turn);
      }
    }
    return new DrainResult.Drained(backlog, rates);
  }

  private record Turn(Backlog backlog, Database database, int pair, Rates rates) {
    String name() {
      return "drain-" + backlog.text().replace(' ', '-') + "-" + pair;
    }

    String topic() {
      return backlog.topic(name() + ".");
    }
  }

  private void drain(Turn turn) throws SQLException, InterruptedException {
    step(turn, "bridge");
    BridgeDrain bridge = new BridgeDrain(stage, plan.rows(), patience());
    Rates.Drain drain = bridge.drain(turn.backlog, turn.database, turn.name(), progress);
    turn.rates.addBridge(
        drain, DrainCheck.bytesInRecord(stage.bootstrapServers(), turn.topic(), plan.rows()));
    if (turn.pair > 1) {
      stage.topics().delete(turn.topic());
    }
  }

  private void compete(Competitor competitor, Turn turn) throws SQLException, InterruptedException {
    step(turn, competitor.text());
    if (competitor == Competitor.DEBEZIUM) {
      turn.rates.addDebezium(
          new DebeziumDrain(debezium.orElse(""), stage, plan.rows(), patience())
              .drain(turn.backlog, turn.database, "debezium-" + turn.pair, progress));
      return;
    }
    long nanos =
        switch (competitor) {
          case BARE_PRODUCER -> produce(turn);
          default -> receive(turn);
        };
    double perSecond = plan.rows() * 1e9 / nanos;
    progress.say("  %,.0f events/s", perSecond);
    turn.rates.add(competitor, perSecond);
  }

  private long produce(Turn turn) throws InterruptedException {
    String from = new Turn(turn.backlog, turn.database, 1, turn.rates).topic();
    return new BareProduction(stage, plan.rows(), patience())
        .produce(from, from + ".bare-" + turn.pair);
  }

  private long receive(Turn turn) throws SQLException, InterruptedException {
    progress.say("  %s", receiver.text());
    String reader = "receiver-" + turn.pair;
    String end = turn.database.ask("select pg_current_wal_flush_lsn()");
    turn.database.execute("select pg_logical_emit_message(true, 'bench', 'after the end')");
    turn.backlog.offer(turn.database, reader);
    try {
      Slot slot = Slot.ofBridge(turn.database, reader);
      return receiver.receive(slot, end, patience(), stage.logFile());
    } finally {
      turn.backlog.takeBack(turn.database, reader);
    }
  }

  private void step(Turn turn, String who) {
    progress.step(
        measuring(plan),
        "drain, %s, pair %d of %d: %s",
        turn.backlog.text(),
        turn.pair,
        plan.pairs(),
        who);
  }

  private Duration patience() {
    return PATIENCE.plusSeconds(plan.rows() / SLOWEST_ROWS_A_SECOND);
  }

  private static Duration preparing(Plan plan) {
    return Duration.ofSeconds(plan.rows() / PREPARED_ROWS_A_SECOND);
  }

  private static Duration measuring(Plan plan) {
    return START.plusSeconds(plan.rows() / DRAINED_ROWS_A_SECOND);
  }
}
