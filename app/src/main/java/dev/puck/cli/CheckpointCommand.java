package dev.puck.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.CheckpointOperator;
import dev.puck.bridge.CheckpointOperator.From;
import dev.puck.bridge.CheckpointOperator.Report;
import dev.puck.bridge.checkpoint.Checkpoint;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code puck checkpoint}. */
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "How far a bridge has come, and what an operator decides about it.",
      "reset begins anew: with all that the outbox or slot still has and the rows of watched tables",
      "(earliest), or after it (now). adopt goes on where the bridge was, after a restore or a",
      "failover that lost nothing, and takes an outbox over from another bridge."
    },
    footer = {
      "",
      "Examples:",
      "  puck checkpoint show",
      "  puck checkpoint show --json",
      "  puck checkpoint reset --from earliest     events may come again",
      "  puck checkpoint reset --from now          what waits is never published",
      "  puck checkpoint adopt",
      "",
      "Exit code: 0 if done, 1 if PostgreSQL or Kafka is away, 2 if it was refused, such as while"
          + " the bridge runs."
    })
final class CheckpointCommand implements Runnable {
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Which one was meant cannot be guessed. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which: show, reset or adopt.");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows where the bridge stands, and changes nothing.")
  int show(
      @Option(names = "--json", description = "As one line of JSON.") boolean json,
      @Mixin ConfigFile file)
      throws InterruptedException {
    Report report = operator(file).show();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? json(report) : text(report));
    out.flush();
    return ExitCode.OK;
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      description = "Begins anew; the bridge must not run.")
  int reset(
      @Option(
              names = "--from",
              required = true,
              paramLabel = "earliest|now",
              description =
                  "earliest: all that the outbox or slot still has, some of it again, and an"
                      + " outbox's rows of watched tables; now: only what comes from now on.")
          From from,
      @Mixin ConfigFile file)
      throws InterruptedException {
    say(operator(file).reset(from), "Begins anew");
    return ExitCode.OK;
  }

  @Command(
      name = "adopt",
      mixinStandardHelpOptions = true,
      description = "Takes an outbox over, and goes on where the checkpoint is.")
  int adopt(@Mixin ConfigFile file) throws InterruptedException {
    say(operator(file).adopt(), "Goes on");
    return ExitCode.OK;
  }

  private CheckpointOperator operator(ConfigFile file) {
    logOptions.configureCommand();
    PuckConfig config = file.load();
    return new CheckpointOperator(file.require(config.bridge(), "bridge"), config.kafka());
  }

  private void say(Checkpoint checkpoint, String what) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        what
            + " with epoch "
            + checkpoint.epoch()
            + " at "
            + checkpoint.position().text()
            + ". Start the bridge.");
    out.flush();
  }

  private static String text(Report report) {
    StringBuilder text = new StringBuilder();
    report
        .checkpoint()
        .ifPresentOrElse(
            checkpoint ->
                text.append("bridge    ")
                    .append(checkpoint.bridge())
                    .append('\n')
                    .append("source    ")
                    .append(checkpoint.source())
                    .append('\n')
                    .append("epoch     ")
                    .append(checkpoint.epoch())
                    .append('\n')
                    .append("through   ")
                    .append(checkpoint.through())
                    .append('\n')
                    .append("position  ")
                    .append(checkpoint.position().text())
                    .append('\n'),
            () -> text.append("no checkpoint\n"));
    report.waiting().ifPresent(rows -> text.append("waiting   ").append(rows).append(" rows\n"));
    return text.append("owner     ").append(report.owner().orElse("nobody")).toString();
  }

  private static String json(Report report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    report
        .checkpoint()
        .ifPresent(
            checkpoint -> {
              fields.put("bridge", checkpoint.bridge());
              fields.put("source", checkpoint.source());
              fields.put("epoch", checkpoint.epoch());
              fields.put("through", checkpoint.through().toString());
              fields.put("position", checkpoint.position().text());
            });
    report.waiting().ifPresent(rows -> fields.put("waiting", rows));
    report.owner().ifPresent(owner -> fields.put("owner", owner));
    try {
      return JsonMapper.builder().build().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers cannot fail to become JSON", e);
    }
  }
}
