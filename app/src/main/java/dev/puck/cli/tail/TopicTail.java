package dev.puck.cli.tail;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.NearestName;
import dev.puck.service.connection.Kafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all partitions of some topics, committed events only, in no group. For one thread. */
public final class TopicTail implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;

  private TopicTail(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Begins at the oldest events, or after the newest.
   *
   * @throws ConfigException if a topic does not exist
   */
  public static TopicTail open(Kafka kafka, List<String> topics, boolean fromBeginning)
      throws InterruptedException {
    requireExisting(kafka, topics);
    Consumer<byte[], byte[]> consumer =
        kafka.client(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
            all ->
                new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    consumer.assign(partitions);
    if (fromBeginning) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    return new TopicTail(consumer);
  }

  /** Prints events until so many are, or {@code stop} says so; by time where they came at once. */
  public void follow(EventPrinter printer, long limit, BooleanSupplier stop) {
    long left = limit;
    while (left > 0 && !stop.getAsBoolean()) {
      List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
      consumer.poll(PATIENCE).forEach(events::add);
      events.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
      events.stream().limit(left).forEach(printer::print);
      left -= Math.min(left, events.size());
      printer.flush();
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static void requireExisting(Kafka kafka, List<String> topics)
      throws InterruptedException {
    Set<String> existing;
    try (Admin admin = kafka.admin()) {
      existing = kafka.await("listing topics", admin.listTopics().names());
    }
    for (String topic : topics) {
      if (!existing.contains(topic)) {
        throw new ConfigException(
            "topic '"
                + topic
                + "' does not exist on "
                + kafka.address()
                + "; "
                + NearestName.hint(topic, existing));
      }
    }
  }
}
