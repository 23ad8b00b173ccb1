package dev.puck.consumer.subscription;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when a projection has reached the end offsets that it saw at start. Owned by one thread.
 */
final class WarmUp {
  private final Map<TopicPartition, Long> ahead = new HashMap<>();
  private boolean begun;
  private boolean over;

  /** Partitions were assigned, perhaps none: to a group's member in waiting, nothing is ahead. */
  void begin() {
    begun = true;
  }

  /** This partition is read from {@code offset}, and ends at {@code end} now. */
  void expect(TopicPartition partition, long offset, long end) {
    if (!over && offset < end) {
      ahead.put(partition, end);
    }
  }

  /** Everything before {@code next} is applied. */
  void reached(TopicPartition partition, long next) {
    Long end = ahead.get(partition);
    if (end != null && next >= end) {
      ahead.remove(partition);
    }
  }

  /** These partitions are no longer ours. */
  void release(Collection<TopicPartition> partitions) {
    ahead.keySet().removeAll(partitions);
  }

  /** Once true it stays so. */
  boolean isOver() {
    over = over || (begun && ahead.isEmpty());
    return over;
  }
}
