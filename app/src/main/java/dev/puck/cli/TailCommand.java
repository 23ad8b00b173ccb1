package dev.puck.cli;

import dev.puck.cli.tail.EventPrinter;
import dev.puck.cli.tail.TopicTail;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck tail}. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Shows the events of topics as they come, readably.",
    footer = {
      "",
      "Examples:",
      "  puck tail tweet.activity                                  cluster from puck.yaml",
      "  puck tail tweet.activity --bootstrap-servers 127.0.0.1:9092",
      "  puck tail tweet.activity --from-beginning --limit 10 --json",
      "  puck tail tweet.activity.dead-letter --from-beginning     what could not be relayed, and why"
    })
final class TailCommand implements Callable<Integer> {
  @Mixin private ConfigFile configFile = new ConfigFile();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "The topics to show.")
  private List<String> topics = List.of();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster, instead of the configuration's.")
  private @Nullable String bootstrapServers;

  @Option(names = "--from-beginning", description = "Begin with the oldest events.")
  private boolean fromBeginning;

  @Option(names = "--limit", paramLabel = "N", description = "End after so many events.")
  private long limit = Long.MAX_VALUE;

  @Option(names = "--json", description = "One JSON object on a line, with all headers.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureCommand();
    if (limit < 0) {
      throw new ConfigException("--limit is " + limit + "; it must be 0 or more.");
    }
    EventPrinter printer = new EventPrinter(spec.commandLine().getOut(), json);
    try (StopSignal stop = new StopSignal(ExitCode.OK);
        TopicTail tail = TopicTail.open(new Kafka(cluster()), topics, fromBeginning)) {
      tail.follow(printer, limit, stop::isRequested);
    }
    return ExitCode.OK;
  }

  private KafkaConfig cluster() {
    return bootstrapServers == null
        ? configFile.load().kafka()
        : new KafkaConfig(bootstrapServers, Map.of());
  }
}
