package dev.puck.cli;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.cli.schema.Database;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.PostgresConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which database, and as whom: the bridge's, or what the command line says instead. */
final class DatabaseOptions {
  private static final String GROUP = "bridge.postgres";

  @Mixin private ConfigFile configFile = new ConfigFile();

  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description =
          "The database, instead of the configuration's: postgresql://HOST:PORT/DATABASE.")
  private @Nullable String url;

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      description =
          "The role to connect as, instead of the configuration's; its password is taken from"
              + " PGPASSWORD or from the password file.")
  private @Nullable String user;

  @Option(
      names = "--lock-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      description =
          "How long to wait for a table that others use, who then wait for us; default:"
              + " ${DEFAULT-VALUE}.")
  private Duration lockTimeout = Duration.ofSeconds(5);

  /** The database; nothing is connected yet. */
  Database database() {
    if (lockTimeout.isZero()) {
      throw new ConfigException("--lock-timeout is 0s; it must be longer than nothing.");
    }
    return new Database(config(), lockTimeout);
  }

  /** Which one, and as whom. */
  PostgresConfig postgres() {
    return config();
  }

  /** The bridge that the configuration describes; null where the command line names a database. */
  @Nullable BridgeConfig bridge() {
    return url == null ? configFile.loadGroup("bridge", BridgeConfig.class) : null;
  }

  private PostgresConfig config() {
    if (url == null && user == null) {
      return configured();
    }
    try {
      return new PostgresConfig(url == null ? configured().url() : url, user, password());
    } catch (ConfigException e) {
      throw new ConfigException(e.problems().stream().map(DatabaseOptions::asOption).toList());
    }
  }

  private PostgresConfig configured() {
    return configFile.loadGroup(GROUP, PostgresConfig.class);
  }

  private static @Nullable Secret password() {
    @Nullable String password = System.getenv("PGPASSWORD");
    return password == null ? null : new Secret(password);
  }

  private static Problem asOption(Problem problem) {
    return switch (problem.path()) {
      case "url" -> new Problem("--postgres", problem.text());
      case "user" -> new Problem("--user", problem.text());
      default -> problem;
    };
  }
}
