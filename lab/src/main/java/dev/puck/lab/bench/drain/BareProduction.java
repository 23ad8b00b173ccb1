package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import dev.puck.lab.process.ChildJvm;
import java.time.Duration;
import java.util.List;

/**
 * A producer of the bridge's own records, in a process like the bridge's (as by default: with less
 * it has no room for its own buffer), which has sent the same before.
 *
 * @param stage where
 * @param rows how many records
 * @param patience for all of them
 */
record BareProduction(Stage stage, int rows, Duration patience) {
  /**
   * Sends them.
   *
   * @param from the topic with the records
   * @return nanoseconds from the first record to the last's answer
   */
  long produce(String from, String to) throws InterruptedException {
    String warmUp = to + ".warm-up";
    stage.topics().create(to);
    stage.topics().create(warmUp);
    long nanos = produce(from, warmUp, to);
    stage.topics().delete(to);
    stage.topics().delete(warmUp);
    return nanos;
  }

  private long produce(String from, String warmUp, String to) throws InterruptedException {
    List<String> arguments =
        List.of(stage.bootstrapServers(), from, Integer.toString(rows), warmUp, to);
    try (ChildJvm producer =
        ChildJvm.start(
            new ChildJvm.Launch(
                "bare producer",
                BridgeProcess.jvmOptions(BridgeProcess.HEAP),
                BareProducerMain.class,
                arguments,
                stage.logFile()))) {
      producer.await(BareProducerMain.READY, patience);
      producer.tell("go");
      return Long.parseLong(producer.await(BareProducerMain.SENT, patience));
    }
  }
}
