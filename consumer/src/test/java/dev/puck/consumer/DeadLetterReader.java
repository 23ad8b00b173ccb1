package dev.puck.consumer;

import static org.awaitility.Awaitility.await;

import dev.puck.event.DeadLetterTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a topic's dead letters from the beginning. */
final class DeadLetterReader {
  private final Playground playground;

  DeadLetterReader(Playground playground) {
    this.playground = playground;
  }

  record Letter(@Nullable String key, String value, Map<String, String> headers) {}

  /** Waits for that many. */
  List<Letter> read(int letters) {
    List<Letter> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", playground.kafkaConfig().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(DeadLetterTopic.of(playground.topic), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> read.add(letter(record)));
                return read.size() >= letters;
              });
    }
    return read;
  }

  private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
    return new Letter(
        record.key() == null ? null : text(record.key()), text(record.value()), headers);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
