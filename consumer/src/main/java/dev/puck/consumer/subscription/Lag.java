package dev.puck.consumer.subscription;

import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** How many records are not applied yet. Owned by the subscription's thread. */
final class Lag {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> next = new HashMap<>();

  Lag(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Everything before {@code offset} is applied. */
  void reached(TopicPartition partition, long offset) {
    next.put(partition, offset);
  }

  void release(Collection<TopicPartition> partitions) {
    next.keySet().removeAll(partitions);
  }

  /** What the client knows from its fetches, at no cost; empty before it knows. */
  OptionalLong know() {
    long lag = 0;
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong records = consumer.currentLag(partition);
      if (records.isEmpty()) {
        return records;
      }
      lag += records.getAsLong();
    }
    return OptionalLong.of(lag);
  }

  /**
   * Asks Kafka itself, for when nothing is fetched that would tell.
   *
   * @throws TransientException if it gives no answer
   */
  OptionalLong ask() {
    try {
      Map<TopicPartition, Long> ends = consumer.endOffsets(next.keySet(), PATIENCE);
      return OptionalLong.of(ends.entrySet().stream().mapToLong(this::behind).sum());
    } catch (TimeoutException e) {
      throw new TransientException(
          "Kafka gave no answer for "
              + PATIENCE.toSeconds()
              + " s; what is served grows stale. Is it running?",
          e);
    }
  }

  private long behind(Map.Entry<TopicPartition, Long> end) {
    return end.getValue() - next.getOrDefault(end.getKey(), end.getValue());
  }
}
