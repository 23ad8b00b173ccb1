package dev.puck.service.connection;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How to reach one Kafka cluster.
 *
 * @param bootstrapServers {@code host:port}, several with commas between
 * @param properties handed to every Kafka client as they are; never null
 */
public record KafkaConfig(
    @Setting("Where to find the cluster: `HOST:PORT`, several with commas between.")
        String bootstrapServers,
    @Setting(
            "More properties for Kafka's clients, such as `security.protocol`; they are passed on.")
        Map<String, String> properties) {
  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:]+:\\d{1,5}(?:\\s*,\\s*[^\\s,:]+:\\d{1,5})*");

  public KafkaConfig {
    properties = Map.copyOf(properties);
    new Problems()
        .matches(
            "bootstrap-servers",
            bootstrapServers,
            SERVERS,
            "HOST:PORT, several with commas between")
        .throwIfAny();
  }
}
