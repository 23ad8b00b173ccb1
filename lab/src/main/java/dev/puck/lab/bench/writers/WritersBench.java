package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.load.LoadProcess;
import dev.puck.lab.bench.machine.Cores;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Writers as fast as they can, into tables that are captured in different ways, one after the other
 * and again, with one bridge that runs all the time.
 */
public final class WritersBench {
  static final int CLIENTS = 32;
  private static final Duration CATCH_UP_PATIENCE = Duration.ofMinutes(5);

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final Database database;

  private WritersBench(Plan plan, Stage stage, Progress progress, Database database) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.database = database;
  }

  /** About how long it takes. */
  public static Duration estimate(Plan plan) {
    int placements = Cores.find().isPresent() ? 2 : 1;
    int variants = Variant.of(Source.OUTBOX, false).size();
    return plan.measurement().multipliedBy((long) plan.pairs() * placements * variants);
  }

  /** Runs it. */
  public static WritersResult run(Plan plan, Stage stage, Progress progress)
      throws SQLException, InterruptedException {
    Database database = stage.database("bench_writers");
    WritersDatabase.prepare(database);
    return new WritersBench(plan, stage, progress, database).run();
  }

  private WritersResult run() throws SQLException, InterruptedException {
    Optional<Cores> cores = Cores.find();
    try (BridgeProcess bridge = stage.bridge(stage.settings("bench-writers", database));
        LoadProcess load = LoadProcess.start(database, stage.logFile())) {
      Optional<Runs> pinned = Optional.empty();
      if (cores.isPresent()) {
        pinned = Optional.of(pinned(cores.get(), bridge, load));
      } else {
        progress.say("Nothing is pinned: that takes taskset (Linux) and a second core");
      }
      return new WritersResult(CLIENTS, cores, pinned, rounds("not pinned", false, bridge, load));
    }
  }

  private Runs pinned(Cores cores, BridgeProcess bridge, LoadProcess load)
      throws SQLException, InterruptedException {
    long[] writing = {stage.postgresProcess(), load.processId()};
    long[] relaying = {stage.kafkaProcess(), bridge.processId()};
    cores.pin(cores.first(), writing);
    cores.pin(cores.second(), relaying);
    try {
      return rounds("pinned", true, bridge, load);
    } finally {
      cores.release(writing);
      cores.release(relaying);
    }
  }

  private Runs rounds(String placement, boolean pinned, BridgeProcess bridge, LoadProcess load)
      throws SQLException, InterruptedException {
    return new Rounds(plan, progress)
        .run(
            placement,
            Variant.of(Source.OUTBOX, pinned),
            variant -> measure(variant, bridge, load));
  }

  private double measure(Variant variant, BridgeProcess bridge, LoadProcess load)
      throws SQLException, InterruptedException {
    database.execute("checkpoint");
    double perSecond = load.run(variant.table(), CLIENTS, plan.warmUp(), plan.duration());
    awaitCaughtUp(bridge, load);
    return perSecond;
  }

  /** So that no variant pays for the one before. */
  private void awaitCaughtUp(BridgeProcess bridge, LoadProcess load) throws InterruptedException {
    long captured = load.rows(Variant.ADAPTIVE.table()) + load.rows(Variant.NOTIFY_EACH.table());
    long missing = captured - bridge.status().received();
    if (missing > 0) {
      progress.say("  the bridge is behind by %,d", missing);
    }
    Patience.until(
        "the bridge has relayed what was written",
        CATCH_UP_PATIENCE,
        20,
        () -> {
          BridgeProcess.Status status = bridge.status();
          return status.published() >= captured && status.pending() == 0;
        });
  }
}
