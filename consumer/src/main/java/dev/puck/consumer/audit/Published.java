package dev.puck.consumer.audit;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Tells when a token is in its topic. Thread-safe. */
@FunctionalInterface
public interface Published {
  /**
   * Where those partitions end, open transactions included, at a moment after the token was
   * published; not done before that. Whoever gives up cancels it.
   */
  CompletableFuture<Map<TopicPartition, Long>> ends(String token, Set<TopicPartition> partitions);
}
