package dev.puck.cli;

import dev.puck.lab.Lab;
import dev.puck.lab.LabOptions;
import dev.puck.lab.own.OwnLab;
import dev.puck.lab.own.OwnOptions;
import dev.puck.lab.report.HtmlReport;
import dev.puck.lab.report.LabReport;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.workload.Workload;
import dev.puck.service.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code puck lab run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Runs one workload against every strategy, each in a database of its own, and says what each",
      "costs, how stale it is, what it loses, and which to take. On servers of its own, which",
      "flush to the disk; touches nothing else. Or, with --postgres, your own statements in your",
      "own database, where nothing is left of it in the end: docs/lab.md."
    },
    footer = {
      "",
      "Examples:",
      "  puck lab run --quick                              all strategies once, some six minutes",
      "  puck lab run --out report                         three times each, some 45 minutes",
      "  puck lab run --quick --only query,kafka-memory-outbox",
      "  puck lab run --quick --staleness 50ms --writes 500/s --reads 5000/s",
      "  puck lab run --quick --postgres postgresql://localhost/shop --sql-write write.sql \\",
      "    --sql-read read.sql --truth truth.sql --dry-run",
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
  @Mixin private MeasuringOptions measuring = new MeasuringOptions();
  @Mixin private OwnLabOptions ownOptions = new OwnLabOptions();
  @Mixin private WorkloadOptions workload = new WorkloadOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    logOptions.configureCommand();
    Attempt attempt = ownOptions.isAsked() ? own() : tweets();
    @Nullable Path directory = output.directory();
    try (StopSignal stop = new StopSignal(ExitCode.INTERRUPTED)) {
      // So that no server and no process of a strategy stays behind.
      stop.interruptMe();
      return run(attempt, directory, stop);
    }
  }

  /** A run, whatever of. */
  @FunctionalInterface
  private interface Attempt {
    /** Null if nothing was to be measured. */
    @Nullable LabReport run(Consumer<String> progress)
        throws SQLException, IOException, InterruptedException;
  }

  private Attempt tweets() {
    try {
      Workload chosen = workload.workload(measuring.isQuick());
      LabOptions options =
          new LabOptions(
              measuring.strategies(all()),
              chosen,
              measuring.repeats(),
              measuring.open().dividedBy(2),
              measuring.open(),
              DISCONNECT,
              measuring.need(chosen));
      return progress -> Lab.run(options, progress);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private List<String> all() {
    return Strategies.names().stream()
        .filter(name -> !(measuring.isQuick() && name.equals("matview-30s")))
        .toList();
  }

  private Attempt own() {
    try {
      Workload chosen = workload.workload(measuring.isQuick());
      OwnLabOptions.Own own = ownOptions.own();
      OwnOptions options =
          new OwnOptions(
              own.postgres(),
              own.sql(),
              ownOptions.isInPlace(),
              measuring.strategies(OwnOptions.strategies(own.sql(), measuring.isQuick())),
              chosen,
              measuring.repeats(),
              measuring.open().dividedBy(2),
              measuring.open(),
              measuring.need(chosen));
      return ownOptions.isDryRun()
          ? progress -> {
            OwnLab.dryRun(options)
                .forEach(line -> LabOutput.line(spec.commandLine().getOut(), line));
            return null;
          }
          : progress -> OwnLab.run(options, progress);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private int run(Attempt attempt, @Nullable Path directory, StopSignal stop) throws Exception {
    try {
      @Nullable LabReport report =
          attempt.run(line -> LabOutput.line(spec.commandLine().getErr(), line));
      if (report == null) {
        return ExitCode.OK;
      }
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
