package dev.puck.bridge.deadletter;

import dev.puck.event.DeadLetterTopic;
import dev.puck.event.EventHeaders;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
    Map<String, StoredDeadLetter> letters = new LinkedHashMap<>();
    Set<String> replayed = new HashSet<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      for (TopicPartition partition : partitions(consumer, topic)) {
        read(consumer, partition, most, letters, replayed);
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
    List<StoredDeadLetter> all = new ArrayList<>();
    letters.forEach(
        (reference, letter) ->
            all.add(replayed.contains(reference) ? letter.asReplayed() : letter));
    return all;
  }

  private void read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long most,
      Map<String, StoredDeadLetter> letters,
      Set<String> replayed) {
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
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
        Optional<String> mark =
            LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_REPLAYED);
        if (mark.isPresent()) {
          replayed.add(mark.get());
        } else {
          StoredDeadLetter letter = letter(each);
          letters.put(letter.reference(), letter);
        }
      }
    }
  }

  private static StoredDeadLetter letter(ConsumerRecord<byte[], byte[]> each) {
    String reference = each.topic() + "/" + each.partition() + "@" + each.offset();
    return new StoredDeadLetter(
        reference,
        LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_TOPIC).orElse(""),
        LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_REASON).orElse(""),
        each.key(),
        each.value(),
        LetterHeaders.ofEvent(each.headers()),
        Instant.ofEpochMilli(each.timestamp()),
        LetterHeaders.value(each.headers(), EventHeaders.DEAD_LETTER_PROJECTION).orElse(null),
        false);
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
