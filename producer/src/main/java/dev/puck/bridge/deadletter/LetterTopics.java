package dev.puck.bridge.deadletter;

import dev.puck.event.DeadLetterTopic;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Dead letters in Kafka. A replay is noted beside them, since a topic's records cannot change. */
final class LetterTopics {
  private final Kafka kafka;

  LetterTopics(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * The newest letters of each topic, oldest first.
   *
   * @param topic a topic of events or of dead letters; empty: all
   * @param most how many records of each partition are looked at
   */
  List<StoredDeadLetter> list(Optional<String> topic, long most) throws InterruptedException {
    LetterCollector collector = new LetterCollector();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      for (TopicPartition partition : partitions(consumer, topic)) {
        read(consumer, partition, most, collector);
      }
    } catch (KafkaException e) {
      throw new TransientException(
          "The dead letters cannot be read from Kafka at "
              + kafka.address()
              + " ("
              + e.getMessage()
              + ").",
          e);
    }
    return collector.letters();
  }

  private void read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long most,
      LetterCollector collector) {
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    long end = consumer.endOffsets(only).getOrDefault(partition, 0L);
    long begin = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
    consumer.seek(partition, Math.max(begin, end - most));
    long deadline = System.nanoTime() + Kafka.PATIENCE.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() - deadline > 0) {
        throw new TransientException(
            "Topic '" + partition.topic() + "' could not be read in time.");
      }
      consumer.poll(Duration.ofMillis(100)).forEach(collector);
    }
  }

  private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, Optional<String> topic)
      throws InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String each : topics(topic)) {
      consumer
          .partitionsFor(each)
          .forEach(found -> partitions.add(new TopicPartition(each, found.partition())));
    }
    return partitions;
  }

  private List<String> topics(Optional<String> topic) throws InterruptedException {
    Admin admin = kafka.admin();
    try {
      List<String> all =
          kafka.await("listing topics", admin.listTopics().names()).stream()
              .filter(DeadLetterTopic::isOne)
              .sorted()
              .toList();
      if (topic.isEmpty()) {
        return all;
      }
      List<String> named =
          all.stream()
              .filter(
                  each -> each.equals(topic.get()) || each.equals(DeadLetterTopic.of(topic.get())))
              .toList();
      if (named.isEmpty()) {
        throw new ConfigException(
            "There are no dead letters of topic '" + topic.get() + "'. There are: " + all);
      }
      return named;
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return kafka.client(
        Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Math.toIntExact(Kafka.PATIENCE.toMillis())),
        all -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }
}
