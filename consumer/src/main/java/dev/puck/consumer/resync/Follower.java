package dev.puck.consumer.resync;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.consumer.subscription.Consumers;
import dev.puck.event.EventKind;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a projection's topics a second time, up to where it is told, without those events that a
 * truth has already. Owned by one thread.
 */
final class Follower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Consumer<byte[], byte[]> consumer;
  private final List<String> topics;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private long seen;
  private long untold;

  Follower(Kafka kafka, String clientId, List<String> topics) {
    this.consumer = Consumers.create(kafka, clientId, Map.of());
    this.topics = List.copyOf(topics);
  }

  /**
   * Begins where the projection stands; where that is nowhere, at the ends. To be called before the
   * truth is read, which then has everything before.
   *
   * @throws TransientException if Kafka gives no answer
   */
  void begin(Map<TopicPartition, Long> served) {
    try {
      next.putAll(served.isEmpty() ? consumer.endOffsets(all()) : served);
      assign();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /** Where it stands. */
  Map<TopicPartition, Long> next() {
    return new HashMap<>(next);
  }

  /** How many events were left out, since the truth has them. */
  long seen() {
    return seen;
  }

  /** How many events were given that do not tell their transaction. */
  long untold() {
    return untold;
  }

  /** All partitions of the topics. */
  Set<TopicPartition> partitions() {
    try {
      return all();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  /**
   * Follows to exactly these offsets.
   *
   * @return how many events it gave
   * @throws TransientException if Kafka does not give what is there, or a table's rows are being
   *     published for the first time, which no snapshot can tell apart
   */
  int follow(
      Map<TopicPartition, Long> targets,
      SourceSnapshot truth,
      java.util.function.Consumer<List<IncomingEvent>> events) {
    try {
      beginAdded(targets);
      int given = 0;
      long moved = System.nanoTime();
      while (!isAt(targets)) {
        List<IncomingEvent> some = lacking(poll(targets), truth);
        if (!some.isEmpty()) {
          events.accept(some);
          given += some.size();
        }
        moved = advance(targets) ? System.nanoTime() : moved;
        requireProgress(moved, targets);
      }
      return given;
    } catch (InvalidOffsetException e) {
      throw new TransientException(
          "Kafka no longer has " + e.partitions() + " at " + next + "; the resync begins again.",
          e);
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
  }

  private Set<TopicPartition> all() {
    Set<TopicPartition> all = new HashSet<>();
    for (String topic : topics) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        all.add(new TopicPartition(topic, partition.partition()));
      }
    }
    return all;
  }

  private void assign() {
    consumer.assign(next.keySet());
    next.forEach(consumer::seek);
  }

  /** What was added to the topics meanwhile is read from its beginning. */
  private void beginAdded(Map<TopicPartition, Long> targets) {
    Set<TopicPartition> added = new HashSet<>(targets.keySet());
    added.removeAll(next.keySet());
    if (!added.isEmpty()) {
      next.putAll(consumer.beginningOffsets(added));
      assign();
    }
  }

  private boolean isAt(Map<TopicPartition, Long> targets) {
    return targets.entrySet().stream().allMatch(each -> at(each.getKey()) >= each.getValue());
  }

  private long at(TopicPartition partition) {
    return next.getOrDefault(partition, 0L);
  }

  /** Reads the partitions that are not there yet; what is behind the target is left for later. */
  private List<ConsumerRecord<byte[], byte[]>> poll(Map<TopicPartition, Long> targets) {
    for (TopicPartition partition : next.keySet()) {
      boolean more = at(partition) < targets.getOrDefault(partition, 0L);
      if (more) {
        consumer.resume(Set.of(partition));
      } else {
        consumer.pause(Set.of(partition));
      }
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    List<ConsumerRecord<byte[], byte[]>> before = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.offset() < targets.getOrDefault(place(record), 0L)) {
        before.add(record);
      }
    }
    return before;
  }

  /** Whether any partition moved. */
  private boolean advance(Map<TopicPartition, Long> targets) {
    boolean moved = false;
    for (Map.Entry<TopicPartition, Long> target : targets.entrySet()) {
      TopicPartition partition = target.getKey();
      long position = consumer.position(partition);
      if (position > target.getValue() && at(partition) < target.getValue()) {
        consumer.seek(partition, target.getValue());
        position = target.getValue();
      }
      if (position > at(partition)) {
        next.put(partition, position);
        moved = true;
      }
    }
    return moved;
  }

  private void requireProgress(long moved, Map<TopicPartition, Long> targets) {
    if (System.nanoTime() - moved > PATIENCE.toNanos()) {
      throw new TransientException(
          "Kafka gave nothing for "
              + PATIENCE.toSeconds()
              + " s; at "
              + next
              + ", on the way to "
              + targets
              + ". Is it running?");
    }
  }

  private List<IncomingEvent> lacking(
      List<ConsumerRecord<byte[], byte[]>> records, SourceSnapshot truth) {
    List<IncomingEvent> lacking = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      IncomingEvent event = new IncomingEvent(record);
      EventKind kind = event.kind();
      if (kind == EventKind.ROW && event.xid().isEmpty() && !event.isTombstone()) {
        throw new TransientException(
            "The rows of a table are being published for the first time ("
                + event.place()
                + "); the resync waits until they are.");
      }
      if (kind.isControl() || event.isTombstone()) {
        continue;
      }
      if (truth.sees(event)) {
        seen++;
      } else {
        lacking.add(event);
        untold += event.xid().isEmpty() ? 1 : 0;
      }
    }
    return lacking;
  }

  private static TopicPartition place(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private static TransientException failure(KafkaException e) {
    return new TransientException(
        "Kafka gave no answer to a resync: " + e.getMessage() + ". Is it running?", e);
  }
}
