package dev.puck.consumer.projection;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll gave.
 *
 * @param events those to apply, without tombstones; in order within each partition
 * @param next where each partition goes on once they are applied; also covers control events
 */
public record EventBatch(List<IncomingEvent> events, Map<TopicPartition, Long> next) {
  public EventBatch {
    events = List.copyOf(events);
    next = Map.copyOf(next);
  }
}
