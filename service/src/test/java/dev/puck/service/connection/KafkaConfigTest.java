package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.service.config.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConfigTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker:9092",
        "b1:9092,b2:9092",
        "b1:1 , b2:65535",
        "127.0.0.1:9092",
        "[::1]:9092"
      })
  void shouldTakeServers(String servers) {
    assertThat(new KafkaConfig(servers, Map.of()).bootstrapServers()).isEqualTo(servers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "broker",
        "broker:",
        ":9092",
        "b1:9092,",
        ",b1:9092",
        "b1:x",
        "b1:0",
        "b1:65536",
        "b1:9092 b2:9092",
        "::1:9092",
        "http://b1:9092"
      })
  void shouldRefuseOthers(String servers) {
    assertThat(Refusal.of(() -> new KafkaConfig(servers, Map.of())))
        .containsExactly(
            "bootstrap-servers is '"
                + servers
                + "'; it must be HOST:PORT, several with commas between.");
  }

  @Test
  @Timeout(10)
  void shouldCheckManyServers() {
    String servers = "broker:9092,".repeat(50_000);

    assertThat(Refusal.of(() -> new KafkaConfig(servers, Map.of()))).hasSize(1);
  }

  @Test
  void shouldKeepPropertiesInOrderAndUnprinted() {
    // Given
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("z", "hunter2");
    properties.put("a", "hunter2");

    // When
    KafkaConfig config = new KafkaConfig("b:1", properties);
    properties.clear();

    // Then
    assertThat(config.properties().keySet()).containsExactly("z", "a");
    assertThat(config).hasToString("KafkaConfig[bootstrapServers=b:1, properties=[z, a]]");
  }
}
