package dev.puck.consumer.projection;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A projection whose entries tell how new they are, so that it is compared with the truth entry by
 * entry, in place. Thread-safe.
 */
public interface EntryAuditable extends Projection {
  /**
   * The next offset of each partition, by whatever process: what comes before is in the entries.
   *
   * @throws dev.puck.service.retry.TransientException if its store is away
   */
  Map<TopicPartition, Long> served();

  /**
   * Begins to compare some of its entries; to be called before the truth is read.
   *
   * @throws dev.puck.service.retry.TransientException if it is warming, or its store is away
   */
  EntryCheck beginCheck(Sample sample);
}
