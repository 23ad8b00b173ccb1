package dev.puck.lab.proof.observer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads one bridge's checkpoints, committed ones only, from now on. Owned by one thread. */
final class Checkpoints implements AutoCloseable {
  private static final TopicPartition PARTITION = new TopicPartition("puck.checkpoints", 0);

  private final Consumer<byte[], byte[]> committed;
  private final Consumer<byte[], byte[]> all;
  private final String bridge;

  Checkpoints(Topics topics, String bridge) {
    this.committed = topics.consumer(true);
    this.all = topics.consumer(false);
    this.bridge = bridge;
  }

  /** One of them. */
  record Checkpoint(long offset, String text) {}

  /** Whether there is a topic to read: the first bridge makes it. */
  boolean begin() {
    try {
      if (committed.listTopics().containsKey(PARTITION.topic())) {
        long end = committed.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        committed.assign(List.of(PARTITION));
        committed.seek(PARTITION, end); // one that comes before this is none of ours
        return true;
      }
    } catch (KafkaException e) {
      // The first bridge is about to make the topic.
    }
    return false;
  }

  /** Those that come next, waiting so long for them. */
  List<Checkpoint> poll(Duration patience) {
    List<Checkpoint> read = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> each : committed.poll(patience)) {
      if (bridge.equals(new String(each.key(), StandardCharsets.UTF_8)) && each.value() != null) {
        String text = new String(each.value(), StandardCharsets.UTF_8);
        read.add(new Checkpoint(each.offset(), text));
      }
    }
    return read;
  }

  /** Of everything before it is known whether it was committed, and what was is read. */
  long position() {
    return committed.position(PARTITION);
  }

  /** Where everything ends that was sent so far, committed or not. */
  long end() {
    return all.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
  }

  @Override
  public void close() {
    try (committed) {
      all.close();
    }
  }
}
