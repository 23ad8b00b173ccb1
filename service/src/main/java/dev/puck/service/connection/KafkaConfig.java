package dev.puck.service.connection;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
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
  private static final Pattern SERVER =
      Pattern.compile("\\s*(?:\\[[0-9A-Za-z:.%_-]+\\]|[^\\s:\\[\\]/]+):(\\d{1,5})\\s*");

  public KafkaConfig {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties)); // prints in order
    new Problems()
        .check(
            Arrays.stream(bootstrapServers.split(",", -1)).allMatch(KafkaConfig::isServer),
            "bootstrap-servers",
            "is '" + bootstrapServers + "'; it must be HOST:PORT, several with commas between.")
        .throwIfAny();
  }

  /** Without the properties' values, some of which are secret. */
  @Override
  public String toString() {
    return "KafkaConfig[bootstrapServers="
        + bootstrapServers
        + ", properties="
        + properties.keySet()
        + "]";
  }

  private static boolean isServer(String server) {
    Matcher matcher = SERVER.matcher(server);
    if (!matcher.matches()) {
      return false;
    }
    int port = Integer.parseInt(matcher.group(1));
    return port > 0 && port <= 65_535;
  }
}
