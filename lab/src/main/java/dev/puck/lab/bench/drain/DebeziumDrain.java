package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.bench.peer.DebeziumProcess;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.lab.bench.stage.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Debezium, to which the backlog is new, and before it the same in the same JVM.
 *
 * @param classPath of its process
 * @param stage where
 * @param rows of the backlog
 * @param patience for all of them
 */
record DebeziumDrain(String classPath, Stage stage, int rows, Duration patience) {
  /** Relays all of it, twice. */
  Rates.Drain drain(Backlog backlog, Database database, String name, Progress progress)
      throws SQLException, InterruptedException {
    try (DebeziumProcess debezium = DebeziumProcess.start(classPath, stage, database)) {
      double cold = drained(debezium, backlog, database, "warm-up-" + name);
      progress.say("  %,.0f events/s in a new JVM", cold);
      Set<Long> process = Set.of(debezium.processId());
      CpuTime before = CpuTime.of(process);
      double perSecond = drained(debezium, backlog, database, name);
      double cpu = CpuTime.of(process).since(before).toNanos() / 1e9 * 100_000 / rows;
      progress.say("  %,.0f events/s, %.2f s of CPU for 100,000", perSecond, cpu);
      return new Rates.Drain(perSecond, cold, cpu);
    }
  }

  private double drained(DebeziumProcess debezium, Backlog backlog, Database database, String name)
      throws SQLException, InterruptedException {
    String topic = backlog.topic(name + ".");
    stage.topics().create(topic);
    backlog.offer(database, name);
    try {
      long nanos = debezium.drain(Slot.ofBridge(database, name), topic, rows, patience);
      DrainCheck.bytesInRecord(stage.bootstrapServers(), topic, rows);
      return rows * 1e9 / nanos;
    } finally {
      backlog.takeBack(database, name);
      stage.topics().delete(topic);
    }
  }
}
