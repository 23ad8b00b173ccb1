package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Clients that never reach a broker; they tell of themselves all the same. */
class KafkaMetersTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Kafka kafka =
      new Kafka(new KafkaConfig("127.0.0.1:1", Map.of())).measured(registry);

  @Test
  void shouldTellOfAClientForAsLongAsItLives() {
    Producer<byte[], byte[]> client = client("one");
    assertThat(registry.get("kafka.producer.buffer.available").gauge().value()).isPositive();
    assertThat(registry.getMeters())
        .isNotEmpty()
        .allMatch(meter -> "one".equals(meter.getId().getTag("client.id")))
        .allMatch(meter -> meter.getId().getTags().size() == 1);
    client.close(Duration.ZERO);
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void shouldTellOfTheNewerOfTwoClientsOfOneName() {
    Producer<byte[], byte[]> older = client("one");
    int meters = registry.getMeters().size();
    Producer<byte[], byte[]> newer = client("one");
    assertThat(registry.getMeters()).hasSize(meters);
    older.close(Duration.ZERO);
    assertThat(registry.getMeters()).hasSize(meters);
    newer.close(Duration.ZERO);
    assertThat(registry.getMeters()).isEmpty();
  }

  private Producer<byte[], byte[]> client(String id) {
    return kafka.client(
        Map.of(ProducerConfig.CLIENT_ID_CONFIG, id),
        all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
  }
}
