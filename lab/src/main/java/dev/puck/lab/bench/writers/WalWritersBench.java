package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.load.LoadProcess;
import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.machine.Cores;
import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.bench.stage.BridgeSettings;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.lab.bench.stage.Source;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Writers as fast as they can, with a bridge that reads the WAL and without: a walsender decodes
 * all that is written, whether it is published or not, so there is none while nothing is captured.
 */
public final class WalWritersBench {
  private static final Duration CATCH_UP_PATIENCE = Duration.ofMinutes(5);
  private static final String NAME = "bench-wal-writers-";

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final Database database;
  private final WalsenderUse walsender = new WalsenderUse();
  private int bridges;

  private WalWritersBench(Plan plan, Stage stage, Progress progress, Database database) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
    this.database = database;
  }

  /** About how long it takes. */
  public static Duration estimate(Plan plan) {
    int variants = Variant.of(Source.WAL, false).size();
    if (Cores.find().isPresent()) {
      variants += Variant.of(Source.WAL, true).size();
    }
    return plan.measurement().multipliedBy((long) plan.pairs() * variants);
  }

  /** Runs it. */
  public static WalWritersResult run(Plan plan, Stage stage, Progress progress)
      throws SQLException, InterruptedException {
    Database database = stage.database("bench_wal_writers");
    for (Variant variant : Variant.of(Source.WAL, true)) {
      database.execute(Sale.createTable("public." + variant.table()));
    }
    return new WalWritersBench(plan, stage, progress, database).run();
  }

  private WalWritersResult run() throws SQLException, InterruptedException {
    Optional<Cores> cores = Cores.find();
    try (LoadProcess load = LoadProcess.start(database, stage.logFile())) {
      Optional<Runs> pinned = Optional.empty();
      if (cores.isPresent()) {
        pinned = Optional.of(pinned(cores.get(), load));
      } else {
        progress.say("Nothing is pinned: that takes taskset (Linux) and a second core");
      }
      Runs unpinned = rounds("not pinned", Optional.empty(), load);
      return new WalWritersResult(cores, pinned, unpinned, walsender);
    }
  }

  private Runs pinned(Cores cores, LoadProcess load) throws SQLException, InterruptedException {
    long[] writing = {stage.postgresProcess(), load.processId()};
    cores.pin(cores.first(), writing);
    cores.pin(cores.second(), stage.kafkaProcess());
    try {
      return rounds("pinned", Optional.of(cores), load);
    } finally {
      cores.release(writing);
      cores.release(stage.kafkaProcess());
    }
  }

  private Runs rounds(String placement, Optional<Cores> pinned, LoadProcess load)
      throws SQLException, InterruptedException {
    return new Rounds(plan, progress)
        .run(
            placement,
            Variant.of(Source.WAL, pinned.isPresent()),
            variant -> measure(variant, pinned, load));
  }

  private double measure(Variant variant, Optional<Cores> pinned, LoadProcess load)
      throws SQLException, InterruptedException {
    database.execute("checkpoint");
    if (variant == Variant.NONE) {
      return write(variant, load);
    }
    // A new slot each time, and so a bridge that has no checkpoint yet.
    BridgeSettings settings = stage.settings(NAME + ++bridges, database).onlyReading();
    Slot slot = Slot.ofBridge(database, settings.name());
    slot.create("public." + variant.table());
    try (BridgeProcess bridge = stage.bridge(settings)) {
      if (pinned.isPresent()) {
        place(variant, pinned.get(), bridge, slot);
      }
      return measure(variant, pinned.isPresent(), bridge, slot, load);
    } finally {
      slot.drop();
      stage.topics().delete(settings.prefix() + "public." + variant.table());
    }
  }

  private static void place(Variant variant, Cores cores, BridgeProcess bridge, Slot slot)
      throws SQLException {
    cores.pin(cores.second(), bridge.processId());
    int core = variant == Variant.WALSENDER_APART ? cores.second() : cores.first();
    slot.walsender().forEach(process -> cores.pin(core, process));
  }

  private double measure(
      Variant variant, boolean pinned, BridgeProcess bridge, Slot slot, LoadProcess load)
      throws SQLException, InterruptedException {
    long before = load.rows(variant.table());
    Set<Long> process = slot.walsender();
    CpuTime used = CpuTime.of(process);
    double perSecond = write(variant, load);
    long written = load.rows(variant.table()) - before;
    long behind = written - bridge.status().received();
    awaitCaughtUp(bridge, written);
    double seconds = CpuTime.of(process).since(used).toNanos() / 1e9;
    walsender.add(variant, pinned, seconds * 1_000 / written, Math.max(0, behind / perSecond));
    progress.say(
        "  the bridge was behind by %,d; walsender %.4f s of CPU per 1,000 transactions",
        Math.max(0, behind), seconds * 1_000 / written);
    return perSecond;
  }

  private double write(Variant variant, LoadProcess load) throws InterruptedException {
    return load.run(variant.table(), WritersBench.CLIENTS, plan.warmUp(), plan.duration());
  }

  /** So that no variant pays for the one before. */
  private static void awaitCaughtUp(BridgeProcess bridge, long written)
      throws InterruptedException {
    Patience.until(
        "the bridge has relayed what was written",
        CATCH_UP_PATIENCE,
        20,
        () -> {
          BridgeProcess.Status status = bridge.status();
          return status.published() >= written && status.pending() == 0;
        });
  }
}
