package dev.puck.cli;

import dev.puck.bridge.config.SourceType;
import dev.puck.cli.demo.Demo;
import dev.puck.cli.demo.DemoOptions;
import dev.puck.cli.demo.DemoOutput;
import dev.puck.cli.demo.play.Play;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Everything at once: a play's characters tweet in a real PostgreSQL, a crowd retweets them,",
      "each change goes through a real Kafka to a cache and a summary table, and at the end these",
      "are compared with the truth, message by message."
    },
    footer = {
      "",
      "Examples:",
      "  puck demo                                      30 seconds of Hamlet",
      "  puck demo --duration 2m --rate 5000 --writers 8",
      "  puck demo --source wal                         by logical replication",
      "  puck demo --source notify                      by NOTIFY alone",
      "  puck demo --play dream.xml --duration 5s       another play, in Jon Bosak's XML format",
      "  puck demo --duration 20s --json | tail -n 1    the result, for a script",
      "  puck demo --keep                               stays, to look around, until Ctrl-C",
      "",
      "Exit code: 0 if nothing drifted from the truth, 1 if something did, 2 if an option is wrong."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      defaultValue = "outbox",
      description =
          "Where changes are read: outbox or wal, which lose nothing, or notify, which loses what"
              + " happens while nobody listens; default: ${DEFAULT-VALUE}.")
  private SourceType source = SourceType.OUTBOX;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long the crowd is busy, such as 20s or 5m; default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ofSeconds(30);

  @Mixin private CrowdOptions crowdOptions = new CrowdOptions();

  @Option(
      names = "--play",
      paramLabel = "FILE",
      description = "A play in Jon Bosak's XML format; default: Hamlet.")
  private @Nullable Path play;

  @Option(
      names = "--json",
      description = "The last line of standard output is the result as JSON; all else on error.")
  private boolean json;

  @Option(names = "--keep", description = "Stay until Ctrl-C after the comparison.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    logOptions.configureCommand();
    DemoOptions options =
        new DemoOptions(
            source,
            duration,
            crowdOptions.size(),
            play == null ? Play.hamlet() : Play.file(play),
            keep);
    DemoOutput output = new DemoOutput(spec.commandLine(), json);
    try (StopSignal stop = new StopSignal(ExitCode.INTERRUPTED)) {
      return new Demo(options, output, stop).run();
    }
  }
}
