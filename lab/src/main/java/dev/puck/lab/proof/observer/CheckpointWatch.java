package dev.puck.lab.proof.observer;

import dev.puck.lab.proof.history.CheckpointSample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows a bridge's checkpoints, committed ones only, and notes where the topics end right after
 * it saw one; a thread of its own.
 */
public final class CheckpointWatch implements AutoCloseable {
  private static final TopicPartition CHECKPOINTS = new TopicPartition("puck.checkpoints", 0);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration REST = Duration.ofMillis(60);

  private final Topics topics;
  private final String bridge;
  private final Function<String, LongPredicate> coverage;
  private final List<CheckpointSample> samples = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "proof-checkpoint-watch");
  private volatile boolean stopping;

  private CheckpointWatch(Topics topics, String bridge, Function<String, LongPredicate> coverage) {
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
      Topics topics, String bridge, Function<String, LongPredicate> coverage) {
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
    try (Consumer<byte[], byte[]> checkpoints = topics.consumer(true);
        Consumer<byte[], byte[]> all = topics.consumer(false)) {
      while (!stopping && checkpoints.assignment().isEmpty()) {
        begin(checkpoints);
      }
      while (!stopping) {
        try {
          @Nullable String latest = latest(checkpoints);
          if (latest != null) {
            sample(latest, all);
            LockSupport.parkNanos(REST.toNanos()); // a sample asks Kafka twice
          }
        } catch (KafkaException e) {
          LockSupport.parkNanos(POLL.toNanos()); // it is away: the next poll asks again
        }
      }
    }
  }

  /** From now on; a checkpoint that comes before this is none of ours. */
  private static void begin(Consumer<byte[], byte[]> checkpoints) {
    try {
      List<TopicPartition> partitions = List.of(CHECKPOINTS);
      if (checkpoints.listTopics().containsKey(CHECKPOINTS.topic())) {
        long end = checkpoints.endOffsets(partitions).getOrDefault(CHECKPOINTS, 0L);
        checkpoints.assign(partitions);
        checkpoints.seek(CHECKPOINTS, end);
        return;
      }
    } catch (KafkaException e) {
      // The first bridge is about to make the topic.
    }
    LockSupport.parkNanos(POLL.toNanos());
  }

  private @Nullable String latest(Consumer<byte[], byte[]> checkpoints) {
    @Nullable String latest = null;
    for (ConsumerRecord<byte[], byte[]> each : checkpoints.poll(POLL)) {
      if (bridge.equals(new String(each.key(), StandardCharsets.UTF_8)) && each.value() != null) {
        latest = new String(each.value(), StandardCharsets.UTF_8);
      }
    }
    return latest;
  }

  private void sample(String checkpoint, Consumer<byte[], byte[]> all) {
    Map<String, Long> ends = new HashMap<>();
    all.endOffsets(topics.partitions(all))
        .forEach((partition, end) -> ends.put(partition.toString(), end));
    samples.add(new CheckpointSample(checkpoint, coverage.apply(checkpoint), ends));
  }
}
