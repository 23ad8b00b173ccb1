package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.ChildJvm;
import java.time.Duration;
import java.util.List;

/** A process like a consumer's that reads a topic and does nothing else. Used by one thread. */
final class BareReader implements AutoCloseable {
  private final ChildJvm jvm;

  private BareReader(ChildJvm jvm) {
    this.jvm = jvm;
  }

  /** Starts one, which reads all of so many events at once. */
  static BareReader start(Stage stage, String topic, int events) {
    return new BareReader(
        ChildJvm.start(
            new ChildJvm.Launch(
                "bare reader",
                ConsumerProcess.jvmOptions(),
                BareReaderMain.class,
                List.of(stage.bootstrapServers(), topic, Integer.toString(events)),
                stage.logFile())));
  }

  /** How it read them. */
  Filling await(Duration atMost) throws InterruptedException {
    return Filling.parse(jvm.await(BareReaderMain.READ, atMost));
  }

  /** Makes it read them once more. */
  void again() {
    jvm.tell("again");
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    jvm.kill();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
