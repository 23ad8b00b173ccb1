package dev.puck.cli;

import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code puck consume}. */
@Command(
    name = "consume",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Keeps caches and summaries up to date from Kafka, and runs jobs, until it is stopped.",
    footer = {
      "",
      "Examples:",
      "  puck consume                       reads puck.yaml",
      "  puck consume --config prod.yaml    start it again elsewhere to share the work",
      "",
      "Exit code: 0 after SIGTERM or Ctrl-C, 1 if PostgreSQL or Kafka is away at the start, 2 if"
          + " the configuration must change."
    })
final class ConsumeCommand implements Callable<Integer> {
  private static final Logger LOGGER = LoggerFactory.getLogger(ConsumeCommand.class);

  @Mixin private ConfigFile configFile = new ConfigFile();
  @Mixin private LogOptions logOptions = new LogOptions();

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureService();
    PuckConfig config = configFile.load();
    ConsumerConfig section = configFile.require(config.consumer(), "consumer");
    try (StopSignal stop = new StopSignal(ExitCode.OK);
        Projector projector = Projector.start(section, config.kafka())) {
      LOGGER.atInfo().addKeyValue("url", projector.url()).log("Consumer started");
      stop.await();
      LOGGER.atInfo().log("Consumer stopping");
    }
    return ExitCode.OK;
  }
}
