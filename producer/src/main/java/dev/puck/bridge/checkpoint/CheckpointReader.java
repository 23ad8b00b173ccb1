package dev.puck.bridge.checkpoint;

import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds a bridge's latest checkpoint. Reads the topic's end, and twice as much again until it is
 * found: the time depends on how long ago it was written, not on how large the topic has grown.
 */
public final class CheckpointReader {
  private static final TopicPartition PARTITION = new TopicPartition(Checkpoint.TOPIC, 0);
  private static final long FIRST_WINDOW = 256;

  private final Kafka kafka;

  public CheckpointReader(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * The latest checkpoint of that bridge that can be seen now; empty if there is none. While
   * another bridge's transaction is open in the topic, Kafka hides what was committed after its
   * beginning.
   */
  public Optional<Checkpoint> visible(String bridge) {
    return latest(
        bridge, consumer -> consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L));
  }

  /**
   * The latest checkpoint of a bridge that nobody else writes for any more: waits for whatever
   * transactions are open in the topic. Empty if it never wrote one.
   *
   * @throws TransientException if one stays open for too long
   */
  public Optional<Checkpoint> settled(String bridge) throws InterruptedException {
    long end = end();
    return latest(bridge, consumer -> end);
  }

  /** Behind the last record, be it committed or not. */
  private long end() throws InterruptedException {
    Admin admin = kafka.admin();
    try {
      return kafka
          .await(
              "asking for the end of topic '" + Checkpoint.TOPIC + "'",
              admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest())).partitionResult(PARTITION))
          .offset();
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private Optional<Checkpoint> latest(String bridge, ToLongFunction<Consumer<byte[], byte[]>> end) {
    Map<String, Object> properties =
        kafka.properties(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                // Else a question at the topic's end holds up the next one by half a second.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Kafka.PATIENCE.toMillis())));
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      return latest(consumer, bridge.getBytes(StandardCharsets.UTF_8), end.applyAsLong(consumer));
    } catch (KafkaException e) {
      throw new TransientException(
          "The checkpoint cannot be read from Kafka at "
              + kafka.address()
              + " ("
              + e.getMessage()
              + ").",
          e);
    }
  }

  private static Optional<Checkpoint> latest(
      Consumer<byte[], byte[]> consumer, byte[] bridge, long end) {
    long begin = consumer.beginningOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
    long until = end;
    for (long window = FIRST_WINDOW; ; window *= 2) {
      long from = Math.max(begin, end - window);
      consumer.seek(PARTITION, from);
      @Nullable ConsumerRecord<byte[], byte[]> last = lastBefore(until, consumer, bridge);
      if (last != null || from == begin) {
        // A deleted one has no value, and must not make an older one count again.
        return Optional.ofNullable(last).map(ConsumerRecord::value).map(Checkpoint::fromJson);
      }
      until = from;
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> lastBefore(
      long end, Consumer<byte[], byte[]> consumer, byte[] bridge) {
    @Nullable ConsumerRecord<byte[], byte[]> last = null;
    long deadline = System.nanoTime() + Kafka.PATIENCE.toNanos();
    while (consumer.position(PARTITION) < end) {
      if (System.nanoTime() - deadline > 0) {
        throw new TransientException(
            "The checkpoint cannot be read: topic '"
                + Checkpoint.TOPIC
                + "' shows nothing behind offset "
                + consumer.position(PARTITION)
                + ", though it has more. A transaction that was left open there is ended by Kafka"
                + " after its time-out; if this lasts, kafka-transactions.sh find-hanging tells"
                + " which it is.");
      }
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
        if (each.offset() < end && Arrays.equals(each.key(), bridge)) {
          last = each;
        }
      }
    }
    return last;
  }
}
