package dev.puck.lab.bench.peer;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Slot;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.ChildJvm;
import java.time.Duration;
import java.util.List;

/** Debezium's engine with a producer behind it, at least once. Used by one thread. */
public final class DebeziumProcess implements AutoCloseable {
  /** A gibibyte, which it makes use of, and the collector that it was fastest with. */
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx1g", "-XX:+UseParallelGC", "-Xshare:auto");

  private static final String MAIN = "dev.puck.peers.debezium.EngineMain";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildJvm jvm;

  private DebeziumProcess(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** Starts one, which relays nothing yet. */
  public static DebeziumProcess start(String classPath, Stage stage, Database database)
      throws InterruptedException {
    List<String> arguments =
        List.of(
            Integer.toString(database.postgres().port()),
            database.name(),
            database.postgres().user(),
            Slot.PUBLICATION,
            String.valueOf(stage.logFile().getParent()),
            stage.bootstrapServers());
    ChildJvm jvm =
        ChildJvm.start(
            new ChildJvm.Launch(
                "Debezium engine", JVM_OPTIONS, MAIN, arguments, stage.logFile(), classPath));
    DebeziumProcess process = new DebeziumProcess(jvm);
    try {
      jvm.await("ready", PATIENCE);
      return process;
    } catch (RuntimeException | InterruptedException e) {
      jvm.close();
      throw e;
    }
  }

  /** Its process. */
  public long processId() {
    return jvm.processId();
  }

  /**
   * Relays so many changes.
   *
   * @return nanoseconds from when it polls to the last's acknowledgement
   */
  public long drain(Slot slot, String topic, int count, Duration patience)
      throws InterruptedException {
    jvm.tell("drain " + slot.name() + " " + topic + " " + count);
    long nanos = Long.parseLong(jvm.await("drained ", patience));
    jvm.await("stopped", PATIENCE);
    return nanos;
  }

  /** Begins to relay. */
  public void relay(Slot slot, String topic) throws InterruptedException {
    jvm.tell("relay " + slot.name() + " " + topic);
    jvm.await("relaying", PATIENCE);
  }

  @Override
  public void close() {
    jvm.close();
  }
}
