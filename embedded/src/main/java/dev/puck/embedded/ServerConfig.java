package dev.puck.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one embedded server runs.
 *
 * @param port where it listens on 127.0.0.1; 0 takes a free port
 * @param durable whether it syncs to disk before it acknowledges; without, data outlives a killed
 *     server but not a killed machine
 * @param settings the server's own settings, in its own words; they win over our defaults
 */
public record ServerConfig(int port, boolean durable, Map<String, String> settings) {
  private static final int MAX_PORT = 65_535;

  /** Checks the port and keeps a copy of the settings. */
  public ServerConfig {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "port is %d; it must be between 1 and %d, or 0 for a free one".formatted(port, MAX_PORT));
    }
    settings = Map.copyOf(settings);
  }

  /** A free port, fast rather than durable, our settings. */
  public static ServerConfig defaults() {
    return new ServerConfig(0, false, Map.of());
  }

  /** The same on a given port. */
  public ServerConfig withPort(int newPort) {
    return new ServerConfig(newPort, durable, settings);
  }

  /** The same, syncing to disk or not. */
  public ServerConfig durable(boolean newDurable) {
    return new ServerConfig(port, newDurable, settings);
  }

  /** The same with one more of the server's settings. */
  public ServerConfig withSetting(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new ServerConfig(port, durable, more);
  }

  /** Our defaults, overlaid with the settings given. */
  Map<String, String> settingsOver(Map<String, String> defaults) {
    Map<String, String> merged = new LinkedHashMap<>(defaults);
    merged.putAll(settings);
    return merged;
  }
}
