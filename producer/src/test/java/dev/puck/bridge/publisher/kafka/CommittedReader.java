package dev.puck.bridge.publisher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is in topics now. */
final class CommittedReader {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private CommittedReader() {}

  /**
   * What a reader of committed records sees, in order per partition, once no transaction is open:
   * that one was committed, its producer learns before the partitions do.
   */
  static List<ConsumerRecord<byte[], byte[]>> committed(String servers, String... topics) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                ends(IsolationLevel.READ_COMMITTED, servers, topics)
                    .equals(ends(IsolationLevel.READ_UNCOMMITTED, servers, topics)));
    return read(IsolationLevel.READ_COMMITTED, servers, topics);
  }

  /** What such a reader sees now. */
  static List<ConsumerRecord<byte[], byte[]>> visible(String servers, String... topics) {
    return read(IsolationLevel.READ_COMMITTED, servers, topics);
  }

  /** What any other reader sees: open and aborted transactions, too. */
  static List<ConsumerRecord<byte[], byte[]>> all(String servers, String... topics) {
    return read(IsolationLevel.READ_UNCOMMITTED, servers, topics);
  }

  static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(r -> new String(r.value(), StandardCharsets.UTF_8)).toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      IsolationLevel isolation, String servers, String... topics) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation, servers)) {
      consumer.assign(partitions(consumer, topics));
      consumer.seekToBeginning(consumer.assignment());
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static Map<TopicPartition, Long> ends(
      IsolationLevel isolation, String servers, String... topics) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation, servers)) {
      return consumer.endOffsets(partitions(consumer, topics));
    }
  }

  private static List<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String... topics) {
    return Arrays.stream(topics)
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(each -> new TopicPartition(each.topic(), each.partition()))
        .toList();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(IsolationLevel isolation, String servers) {
    Map<String, Object> properties =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation.toString().toLowerCase(Locale.ROOT));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
