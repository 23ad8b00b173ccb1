package dev.puck.lab.proof.observer;

import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads all topics from their beginning to their end. */
public final class Observer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Comparator<Sighting> ORDER =
      Comparator.comparing((Sighting each) -> each.place().topic())
          .thenComparingInt(each -> each.place().partition())
          .thenComparingLong(each -> each.place().offset());

  private final Topics topics;

  public Observer(Topics topics) {
    this.topics = topics;
  }

  /**
   * All records.
   *
   * @param committedOnly whether only those of committed transactions
   * @throws IllegalStateException if their end is not reached: a transaction hangs
   */
  public Sightings read(boolean committedOnly) {
    RecordReader reader = new RecordReader(topics.prefix());
    TransactionReader transactions = new TransactionReader();
    List<Sighting> records = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    try (Consumer<byte[], byte[]> consumer = topics.consumer(committedOnly)) {
      List<TopicPartition> partitions = topics.partitions(consumer);
      partitions.forEach(each -> counts.merge(reader.tableOf(each.topic()), 1, Integer::sum));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = lastOffsets(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isThere(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          Sighting sighting = reader.read(each);
          records.add(sighting);
          transactions.read(each, sighting.kind());
        }
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException(
              "A transaction hangs: after " + PATIENCE + " not all is read up to " + ends);
        }
      }
    }
    records.sort(ORDER);
    return new Sightings(records, counts, transactions.boundaries(), transactions.parts());
  }

  /** The ends beyond which nothing lies, committed or not. */
  private Map<TopicPartition, Long> lastOffsets(List<TopicPartition> partitions) {
    try (Consumer<byte[], byte[]> consumer = topics.consumer(false)) {
      return consumer.endOffsets(partitions);
    }
  }

  private static boolean isThere(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
