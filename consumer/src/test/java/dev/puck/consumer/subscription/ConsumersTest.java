package dev.puck.consumer.subscription;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.retry.TransientException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumersTest {
  /** A container that is stopped has no name until it is started again. */
  @Test
  void shouldTryAgainWhereNoNameResolves() {
    Kafka kafka = new Kafka(new KafkaConfig("nowhere.invalid:9092", Map.of()));
    assertThatThrownBy(() -> Consumers.create(kafka, "test", Map.of()))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("nowhere.invalid:9092 cannot be found");
  }

  @Test
  void shouldSayWhichPropertyIsRefused() {
    Kafka kafka =
        new Kafka(new KafkaConfig("127.0.0.1:9", Map.of("fetch.min.bytes", "plenty of them")));
    assertThatThrownBy(() -> Consumers.create(kafka, "test", Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fetch.min.bytes")
        .hasMessageContaining("Correct kafka.properties");
  }
}
