package dev.puck.cli;

import dev.puck.bridge.Bridge;
import dev.puck.bridge.config.BridgeConfig;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code puck bridge}. */
@Command(
    name = "bridge",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Relays PostgreSQL changes to Kafka until it is stopped.",
    footer = {
      "",
      "Examples:",
      "  puck bridge                                 reads puck.yaml",
      "  PGPASSWORD=… puck bridge --config prod.yaml  where it says password: $${PGPASSWORD}",
      "  puck bridge --log-format json",
      "",
      "Exit code: 0 after SIGTERM or Ctrl-C, 1 if PostgreSQL or Kafka is away at the start, 2 if"
          + " the configuration must change."
    })
final class BridgeCommand implements Callable<Integer> {
  private static final Logger LOGGER = LoggerFactory.getLogger(BridgeCommand.class);

  @Mixin private ConfigFile configFile = new ConfigFile();
  @Mixin private LogOptions logOptions = new LogOptions();

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureService();
    PuckConfig config = configFile.load();
    BridgeConfig section = configFile.require(config.bridge(), "bridge");
    try (StopSignal stop = new StopSignal(ExitCode.OK);
        Bridge bridge = Bridge.start(section, config.kafka())) {
      LOGGER.atInfo().addKeyValue("url", bridge.url()).log("Bridge started");
      stop.await();
      LOGGER.atInfo().log("Bridge stopping");
    }
    return ExitCode.OK;
  }
}
