package dev.puck.consumer.cache;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Tells how far a cache's topics go. */
@FunctionalInterface
public interface TopicEnds {
  /**
   * The end offset of each partition now, for readers of what is committed.
   *
   * @throws dev.puck.service.retry.TransientException if Kafka is away
   */
  Map<TopicPartition, Long> read();
}
