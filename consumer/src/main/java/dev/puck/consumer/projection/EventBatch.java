package dev.puck.consumer.projection;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll gave.
 *
 * @param events those that carry something to apply
 * @param all these, and what tells that something is gone: tombstones and truncates; in order
 *     within each partition
 * @param next where each partition goes on once they are applied; also covers gaps
 */
public record EventBatch(
    List<IncomingEvent> events, List<IncomingEvent> all, Map<TopicPartition, Long> next) {
  public EventBatch {
    events = List.copyOf(events);
    all = List.copyOf(all);
    next = Map.copyOf(next);
  }

  /** A batch in which nothing is told to be gone. */
  public EventBatch(List<IncomingEvent> events, Map<TopicPartition, Long> next) {
    this(events, events, next);
  }
}
