package dev.puck.cli;

import dev.puck.lab.Lab;
import dev.puck.lab.LabOptions;
import dev.puck.lab.report.HtmlReport;
import dev.puck.lab.report.LabReport;
import dev.puck.lab.report.Need;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.workload.Workload;
import dev.puck.service.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck lab run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Runs one workload against every strategy, each in a database of its own, and says what each",
      "costs, how stale it is, what it loses, and which to take. On servers of its own, which"
          + " flush",
      "to the disk; touches nothing else."
    },
    footer = {
      "",
      "Examples:",
      "  puck lab run --quick                              all strategies once, some six minutes",
      "  puck lab run --out report                         three times each, some 45 minutes",
      "  puck lab run --quick --only query,kafka-memory-outbox",
      "  puck lab run --quick --staleness 50ms --writes 500/s --reads 5000/s",
      "  puck lab run --quick --hot 1 --writers 100        a hundred writers of one message",
      "",
      "Exit code: 0 if all was measured, whatever came out; 1 if something failed, 2 if an option"
          + " is",
      "wrong. What the numbers mean, and what we found: docs/choosing.md."
    })
final class LabRunCommand implements Callable<Integer> {
  private static final Duration DISCONNECT = Duration.ofSeconds(5);

  @Mixin private LogOptions logOptions = new LogOptions();
  @Mixin private LabOutput output = new LabOutput();
  @Mixin private WorkloadOptions workload = new WorkloadOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      description = "Each strategy once and small, without the view of every 30 s.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "STRATEGY",
      split = ",",
      description = "One or more of ${COMPLETION-CANDIDATES}; default: all.",
      completionCandidates = StrategyNames.class)
  private @Nullable List<String> only;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each is tried; default: 3, with --quick 1.")
  private @Nullable Integer repeats;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description =
          "How long each is measured at the rates; as fast as they can for half of that; default:"
              + " 20s, with --quick 6s.")
  private @Nullable Duration duration;

  @Option(
      names = "--staleness",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "Asked for: how old may be what 99 %% of reads see; default: ${DEFAULT-VALUE}.")
  private Duration staleness = Duration.ofSeconds(1);

  /** For {@code --help}. */
  static final class StrategyNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Strategies.names().iterator();
    }
  }

  @Override
  public Integer call() throws Exception {
    logOptions.configureCommand();
    LabOptions options = options();
    @Nullable Path directory = output.directory();
    try (StopSignal stop = new StopSignal(ExitCode.INTERRUPTED)) {
      // So that no server and no process of a strategy stays behind.
      stop.interruptMe();
      return run(options, directory, stop);
    }
  }

  private LabOptions options() {
    try {
      Workload chosen = workload.workload(quick);
      Duration open = duration != null ? duration : Duration.ofSeconds(quick ? 6 : 20);
      return new LabOptions(
          strategies(),
          chosen,
          repeats != null ? repeats : quick ? 1 : 3,
          open.dividedBy(2),
          open,
          DISCONNECT,
          new Need(staleness, chosen.writesPerSecond(), chosen.readsPerSecond()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private List<String> strategies() {
    @Nullable List<String> chosen = only;
    if (chosen != null) {
      return chosen;
    }
    return Strategies.names().stream()
        .filter(name -> !(quick && name.equals("matview-30s")))
        .toList();
  }

  private int run(LabOptions options, @Nullable Path directory, StopSignal stop) throws Exception {
    try {
      LabReport report =
          Lab.run(options, line -> LabOutput.line(spec.commandLine().getErr(), line));
      if (directory != null) {
        LabOutput.write(directory.resolve("report.json"), report.toJson());
        Files.writeString(directory.resolve("report.html"), HtmlReport.of(report));
      }
      output.say(spec, report.lines(), report.toJson());
      return ExitCode.OK;
    } catch (RuntimeException | SQLException | IOException e) {
      if (stop.isRequested()) {
        // Whatever an interrupt made of it.
        return ExitCode.INTERRUPTED;
      }
      throw e;
    }
  }
}
