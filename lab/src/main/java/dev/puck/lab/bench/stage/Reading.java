package dev.puck.lab.bench.stage;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers that read what is committed, in no group. */
public final class Reading {
  private Reading() {}

  /** One at the beginning of each partition of the topic, owned by the caller. */
  public static Consumer<byte[], byte[]> fromBeginning(String kafka, String topic) {
    Consumer<byte[], byte[]> consumer = consumer(kafka, topic);
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  /** One at the end of each, owned by the caller. */
  public static Consumer<byte[], byte[]> fromEnd(String kafka, String topic) {
    Consumer<byte[], byte[]> consumer = consumer(kafka, topic);
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    return consumer;
  }

  private static Consumer<byte[], byte[]> consumer(String kafka, String topic) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList();
    consumer.assign(partitions);
    return consumer;
  }
}
