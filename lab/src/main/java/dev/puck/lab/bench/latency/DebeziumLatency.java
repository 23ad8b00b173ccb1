package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.load.OpenLoad;
import dev.puck.lab.bench.load.Sale;
import dev.puck.lab.bench.peer.DebeziumProcess;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.lab.bench.stage.Stage;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same through Debezium, at least once and polling every millisecond, in a database of its own:
 * neither reads what was written for the other.
 */
final class DebeziumLatency {
  private static final String TABLE = "public.sale";
  private static final String TOPIC = "bench-latency-debezium";

  private final Plan plan;
  private final Stage stage;
  private final String classPath;
  private final Database database;
  private final Arrivals arrivals;
  private long nextId;

  private DebeziumLatency(
      Plan plan, Stage stage, String classPath, Database database, Arrivals arrivals) {
    this.plan = plan;
    this.stage = stage;
    this.classPath = classPath;
    this.database = database;
    this.arrivals = arrivals;
  }

  static DebeziumLatency prepare(Plan plan, Stage stage, String classPath, int mostRows)
      throws SQLException, InterruptedException {
    Database database = stage.database("bench_latency_debezium");
    database.execute(Sale.createTable(TABLE));
    stage.topics().create(TOPIC);
    return new DebeziumLatency(plan, stage, classPath, database, new Arrivals(mostRows));
  }

  @SuppressWarnings("try") // The observer works by being there.
  Map<Load, Latencies> measure(int pair, List<Load> loads)
      throws SQLException, InterruptedException, IOException {
    Map<Load, Latencies> measured = new LinkedHashMap<>();
    Slot slot = Slot.ofBridge(database, "debezium-latency-" + pair);
    slot.create(TABLE);
    try (DebeziumProcess debezium = DebeziumProcess.start(classPath, stage, database);
        Observer observer = Observer.start(stage.bootstrapServers(), TOPIC, arrivals);
        OpenLoad load =
            OpenLoad.connect(database.postgres().port(), database.name(), Sale.insertInto(TABLE))) {
      debezium.relay(slot, TOPIC);
      AwakeProbe probe = new AwakeProbe(plan, arrivals);
      // It has far more to compile than a bridge has: without this it would be a second behind.
      nextId = probe.measure(load, Load.BUSY.perSecond(), nextId).nextId();
      for (Load each : loads) {
        AwakeProbe.Outcome outcome = probe.measure(load, each.perSecond(), nextId);
        nextId = outcome.nextId();
        measured.put(each, outcome.latencies());
      }
      return measured;
    } finally {
      slot.drop();
    }
  }
}
