package dev.puck.lab.proof.observer;

import dev.puck.lab.proof.history.CheckpointSample;
import dev.puck.lab.proof.history.Coverage;
import dev.puck.lab.proof.observer.Checkpoints.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/**
 * Follows a bridge's checkpoints, committed ones only, and notes where the topics end right after
 * it saw one; a thread of its own.
 */
public final class CheckpointWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration REST = Duration.ofMillis(60);

  private final Topics topics;
  private final String bridge;
  private final Function<String, Coverage> coverage;
  private final List<CheckpointSample> samples = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "proof-checkpoint-watch");
  private volatile boolean stopping;

  private CheckpointWatch(Topics topics, String bridge, Function<String, Coverage> coverage) {
    this.topics = topics;
    this.bridge = bridge;
    this.coverage = coverage;
  }

  /**
   * Begins to watch.
   *
   * @param bridge whose checkpoints
   * @param coverage tells of a checkpoint's text which transactions it covers
   */
  public static CheckpointWatch start(
      Topics topics, String bridge, Function<String, Coverage> coverage) {
    CheckpointWatch watch = new CheckpointWatch(topics, bridge, coverage);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Stops watching; all samples, in order. */
  public List<CheckpointSample> stop() throws InterruptedException {
    stopping = true;
    thread.join();
    return samples;
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run() {
    try (Checkpoints checkpoints = new Checkpoints(topics, bridge);
        Consumer<byte[], byte[]> all = topics.consumer(false)) {
      while (!stopping && !checkpoints.begin()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
      while (!stopping) {
        try {
          List<Checkpoint> read = checkpoints.poll(POLL);
          if (!read.isEmpty()) {
            sample(read.get(read.size() - 1).text(), all);
            LockSupport.parkNanos(REST.toNanos()); // a sample asks Kafka twice
          }
        } catch (KafkaException e) {
          LockSupport.parkNanos(POLL.toNanos()); // it is away: the next poll asks again
        }
      }
    }
  }

  private void sample(String checkpoint, Consumer<byte[], byte[]> all) {
    Map<String, Long> ends = new HashMap<>();
    all.endOffsets(topics.partitions(all))
        .forEach((partition, end) -> ends.put(partition.toString(), end));
    samples.add(new CheckpointSample(checkpoint, coverage.apply(checkpoint), ends));
  }
}
