package dev.puck.bridge.publisher.kafka;

import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import java.util.Map;

/** Topics that a test says are there; asking for others would ask a broker that is not. */
final class TestTopics {
  private TestTopics() {}

  static KnownTopics taking(Map<String, Integer> maxMessageBytes) {
    Kafka nobody = new Kafka(new KafkaConfig("127.0.0.1:1", Map.of()));
    return new KnownTopics(nobody, 1, -1).with(new SizeLimits(maxMessageBytes));
  }
}
