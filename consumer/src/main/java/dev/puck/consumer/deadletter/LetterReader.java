package dev.puck.consumer.deadletter;

import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics of dead letters, with one client. Thread-safe; one thread reads at a time. */
final class LetterReader implements AutoCloseable {
  private static final Map<String, Object> PROPERTIES =
      Map.of(
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          "read_committed",
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          "none",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          false,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          false,
          ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
          Math.toIntExact(Kafka.PATIENCE.toMillis()));

  private final Kafka kafka;
  private @Nullable Consumer<byte[], byte[]> client;

  @FunctionalInterface
  private interface Work {
    void with(Consumer<byte[], byte[]> client);
  }

  LetterReader(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * Shows the newest records of each partition, in order; of a topic that is missing none.
   *
   * @throws TransientException if Kafka does not show them in time
   */
  void newest(
      Collection<String> topics,
      long most,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    use(
        consumer -> {
          for (TopicPartition partition : partitions(consumer, topics)) {
            long end = end(consumer, partition);
            read(consumer, partition, end - most, end, visitor);
          }
        });
  }

  /** Shows the record at that offset, if there is one, and all after it, as {@link #newest}. */
  void from(
      TopicPartition partition,
      long offset,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    use(
        consumer -> {
          if (partitions(consumer, List.of(partition.topic())).contains(partition)) {
            read(consumer, partition, offset, end(consumer, partition), visitor);
          }
        });
  }

  /** Frees the client. */
  @Override
  public synchronized void close() {
    @Nullable Consumer<byte[], byte[]> open = client;
    client = null;
    if (open != null) {
      open.close(CloseOptions.timeout(Duration.ZERO));
    }
  }

  private synchronized void use(Work work) {
    boolean well = false;
    try {
      work.with(client());
      well = true;
    } catch (KafkaException e) {
      throw new TransientException(
          "The dead letters cannot be read from Kafka at "
              + kafka.address()
              + " ("
              + e.getMessage()
              + ").",
          e);
    } finally {
      if (!well) {
        close();
      }
    }
  }

  private Consumer<byte[], byte[]> client() {
    @Nullable Consumer<byte[], byte[]> open = client;
    if (open == null) {
      open =
          kafka.client(
              PROPERTIES,
              all ->
                  new KafkaConsumer<>(
                      all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
      client = open;
    }
    return open;
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Collection<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    Map<String, List<PartitionInfo>> all = consumer.listTopics();
    for (String topic : topics) {
      all.getOrDefault(topic, List.of())
          .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    return partitions;
  }

  private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private static void read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long from,
      long end,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
    List<TopicPartition> only = List.of(partition);
    long begin = consumer.beginningOffsets(only).getOrDefault(partition, 0L);
    consumer.assign(only);
    consumer.seek(partition, Math.max(begin, from));
    long deadline = System.nanoTime() + Kafka.PATIENCE.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() - deadline > 0) {
        throw new TransientException(
            "Topic '" + partition.topic() + "' could not be read in time.");
      }
      consumer.poll(Duration.ofMillis(100)).forEach(visitor);
    }
  }
}
