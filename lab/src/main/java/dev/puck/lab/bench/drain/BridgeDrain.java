package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.bench.stage.BridgeSettings;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * A bridge, to which the backlog is new, and before it another one in the same JVM.
 *
 * @param stage where
 * @param rows of the backlog
 * @param patience for all of them
 */
record BridgeDrain(Stage stage, int rows, Duration patience) {
  /** Relays all of it, twice. */
  Rates.Drain drain(Backlog backlog, Database database, String name, Progress progress)
      throws SQLException, InterruptedException {
    BridgeSettings settings = stage.settings(name, database).onlyReading();
    BridgeSettings first = settings.named("warm-up-" + name);
    backlog.offer(database, first.name());
    try (BridgeProcess bridge = stage.bridge(first)) {
      double cold = drained(bridge);
      progress.say("  %,.0f events/s in a new JVM", cold);
      stage.topics().delete(backlog.topic(first.prefix()));
      backlog.offer(database, name);
      Set<Long> process = Set.of(bridge.processId());
      CpuTime before = CpuTime.of(process);
      stage.change(bridge, settings);
      double perSecond = drained(bridge);
      double cpu = CpuTime.of(process).since(before).toNanos() / 1e9 * 100_000 / rows;
      progress.say("  %,.0f events/s, %.2f s of CPU for 100,000", perSecond, cpu);
      return new Rates.Drain(perSecond, cold, cpu);
    } finally {
      backlog.takeBack(database, first.name());
      backlog.takeBack(database, name);
    }
  }

  /** Events a second from the moment when it relays. */
  private double drained(BridgeProcess bridge) throws InterruptedException {
    Patience.until(
        "the backlog is in Kafka",
        patience,
        200,
        () -> {
          BridgeProcess.Status status = bridge.status();
          return status.published() >= rows && status.pending() == 0;
        });
    return rows * 1e9 / (System.nanoTime() - bridge.startedAt());
  }
}
