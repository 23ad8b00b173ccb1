package dev.puck.consumer.projection;

import org.apache.kafka.common.TopicPartition;

/** Where an event stands in Kafka, which is no other's place. */
public record EventPlace(TopicPartition partition, long offset) {
  public static EventPlace of(IncomingEvent event) {
    return new EventPlace(event.partition(), event.record().offset());
  }
}
