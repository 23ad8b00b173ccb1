package dev.puck.cli;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.deadletter.DeadLetters;
import dev.puck.bridge.deadletter.StoredDeadLetter;
import dev.puck.cli.deadletter.ConsumerLetters;
import dev.puck.cli.deadletter.LetterPrinter;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck dead-letters}. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "What could not be published as its route wants, or be applied, with the reason and its",
      "original bytes; and what Kafka would not take, which waits in PostgreSQL. What a projection",
      "could not apply is replayed by the running consumer, to that projection alone."
    },
    footer = {
      "",
      "Examples:",
      "  puck dead-letters list",
      "  puck dead-letters list --topic orders --all --json",
      "  puck dead-letters show orders.dead-letter/0@12",
      "  puck dead-letters replay orders.dead-letter/0@12 --key 4711",
      "  puck dead-letters replay --topic orders     all of them that were not yet",
      "  puck dead-letters list --projection counters      asks the running consumer",
      "  puck dead-letters replay --projection counters    all of this projection",
      "",
      "Exit code: 0 if done, 1 if PostgreSQL, Kafka or the consumer is away or did not take one, 2"
          + " if it was refused."
    })
final class DeadLettersCommand implements Runnable {
  private static final int MOST = 1_000_000;

  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which: list, show or replay.");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the newest of each topic that were not replayed.")
  int list(
      @Option(names = "--topic", paramLabel = "TOPIC", description = "Only those of this topic.")
          @Nullable String topic,
      @Option(
              names = "--projection",
              paramLabel = "NAME",
              description = "Only those of this projection, by the running consumer.")
          @Nullable String projection,
      @Option(names = "--all", description = "Those that were replayed, too.") boolean all,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "100",
              description = "How many of each topic; default: ${DEFAULT-VALUE}.")
          int limit,
      @Option(names = "--json", description = "Each as a line of JSON.") boolean json,
      @Mixin ConsumerOptions consumer)
      throws InterruptedException {
    if (limit < 1) {
      throw new ConfigException("--limit is " + limit + "; it must be at least 1.");
    }
    int found =
        projection == null && !consumer.isNamed()
            ? listKept(topic, limit, all, json, consumer)
            : asked(consumer).list(projection, limit, all, json);
    if (!json && found == 0) {
      out().println("No dead letters.");
    }
    out().flush();
    return ExitCode.OK;
  }

  private int listKept(
      @Nullable String topic, int limit, boolean all, boolean json, ConsumerOptions options)
      throws InterruptedException {
    LetterPrinter printer = new LetterPrinter(out(), json);
    List<StoredDeadLetter> letters =
        letters(options.configFile()).list(Optional.ofNullable(topic), limit).stream()
            .filter(letter -> all || !letter.replayed())
            .toList();
    letters.forEach(printer::line);
    return letters.size();
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one whole: reason, headers, key and value.")
  int show(
      @Parameters(paramLabel = "REFERENCE", description = "As list prints it.") String reference,
      @Option(names = "--json", description = "As a line of JSON.") boolean json,
      @Mixin ConsumerOptions consumer)
      throws InterruptedException {
    if (consumer.isNamed()) {
      asked(consumer).show(reference, json);
    } else {
      new LetterPrinter(out(), json).whole(letters(consumer.configFile()).find(reference));
    }
    out().flush();
    return ExitCode.OK;
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Publishes them to the topic that they were meant for, each once; or has the running",
        "consumer apply them to the projection that could not."
      })
  int replay(
      @Parameters(paramLabel = "REFERENCE", arity = "0..*", description = "As list prints it.")
          @Nullable List<String> references,
      @Option(
              names = "--topic",
              paramLabel = "TOPIC",
              description = "All of this topic that were not replayed, but for projections'.")
          @Nullable String topic,
      @Option(
              names = "--projection",
              paramLabel = "NAME",
              description = "All of this projection that were not replayed.")
          @Nullable String projection,
      @Option(
              names = "--key",
              paramLabel = "KEY",
              description = "Under this key instead of their own.")
          @Nullable String key,
      @Mixin ConsumerOptions consumer)
      throws InterruptedException {
    if (references == null && topic == null && projection == null) {
      throw new ConfigException(
          "Nothing to replay is named. Give references, --topic or --projection.");
    }
    boolean well = projection == null || asked(consumer).replayAll(projection);
    if (consumer.isNamed() && references != null) {
      references.forEach(each -> asked(consumer).replay(each, key));
    } else if (references != null || topic != null) {
      replayKept(references, topic, key, consumer);
    }
    out().flush();
    return well ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void replayKept(
      @Nullable List<String> references,
      @Nullable String topic,
      @Nullable String key,
      ConsumerOptions options)
      throws InterruptedException {
    DeadLetters letters = letters(options.configFile());
    for (StoredDeadLetter each : chosen(letters, references, topic)) {
      if (each.projection() == null) {
        letters.replay(each, Optional.ofNullable(key));
        out().println("Replayed " + each.reference() + " to topic " + each.topic() + ".");
      } else {
        asked(options).replay(each.reference(), key);
      }
      out().flush();
    }
  }

  private List<StoredDeadLetter> chosen(
      DeadLetters letters, @Nullable List<String> references, @Nullable String topic)
      throws InterruptedException {
    List<StoredDeadLetter> chosen = new ArrayList<>();
    if (references != null) {
      for (String reference : references) {
        chosen.add(letters.find(reference));
      }
    }
    if (topic != null) {
      letters.list(Optional.of(topic), MOST).stream()
          .filter(letter -> !letter.replayed() && letter.projection() == null)
          .forEach(chosen::add);
    }
    return chosen;
  }

  private ConsumerLetters asked(ConsumerOptions consumer) {
    logOptions.configureCommand();
    return new ConsumerLetters(consumer.client(), out());
  }

  private DeadLetters letters(ConfigFile file) {
    logOptions.configureCommand();
    PuckConfig config = file.load();
    @Nullable BridgeConfig bridge = config.bridge();
    return new DeadLetters(
        new Kafka(config.kafka()),
        Optional.ofNullable(bridge)
            .map(each -> new Postgres(each.postgres(), "puck dead-letters")));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
