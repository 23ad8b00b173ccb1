package dev.puck.cli;

import dev.puck.cli.client.ConsumerClient;
import dev.puck.service.http.HttpConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which running consumer is asked. */
final class ConsumerOptions {
  @Mixin private ConfigFile configFile = new ConfigFile();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where the consumer answers; default: as consumer.http says.")
  private @Nullable URI url;

  /** Whether an address was given. */
  boolean isNamed() {
    return url != null;
  }

  ConfigFile configFile() {
    return configFile;
  }

  ConsumerClient client() {
    if (url != null && !configFile.exists()) {
      return ConsumerClient.of(url);
    }
    return ConsumerClient.of(configFile.loadGroup("consumer.http", HttpConfig.class), url);
  }
}
