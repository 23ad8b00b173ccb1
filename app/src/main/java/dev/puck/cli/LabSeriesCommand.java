package dev.puck.cli;

import dev.puck.lab.series.Series;
import dev.puck.lab.series.SeriesOptions;
import dev.puck.lab.series.SeriesReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck lab series}. */
@Command(
    name = "series",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Does the experiments of Dimitri Fontaine's series on concurrency (2018) again: a crowd that",
      "updates or inserts, with triggers that notify or count, two sessions on one row, equal",
      "notifications, a cache service that starts again. Its figures stand beside what comes out.",
      "On servers of its own, which flush to the disk; touches nothing else."
    },
    footer = {
      "",
      "Examples:",
      "  puck lab series --out report                      as the series did, three times each",
      "  puck lab series --repeats 1 --retweets 10         a look at it",
      "",
      "Exit code: 0 if all was measured, whatever came out; 1 if something failed, 2 if an option"
          + " is",
      "wrong. What the numbers mean: docs/choosing.md."
    })
final class LabSeriesCommand implements Callable<Integer> {
  @Mixin private LogOptions logOptions = new LogOptions();
  @Mixin private LabOutput output = new LabOutput();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "100",
      description = "Sessions that retweet one message at once; default: ${DEFAULT-VALUE}.")
  private int workers;

  @Option(
      names = "--retweets",
      paramLabel = "N",
      split = ",",
      description = "How many times each of them does; default: 10,50,100.")
  private List<Integer> retweets = SeriesOptions.seriesRetweets();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is timed; default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides the order; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    logOptions.configureCommand();
    SeriesOptions options = new SeriesOptions(workers, retweets, repeats, seed);
    @Nullable Path directory = output.directory();
    try (StopSignal stop = new StopSignal(ExitCode.INTERRUPTED)) {
      // So that no server and no process stays behind.
      stop.interruptMe();
      return run(options, directory, stop);
    }
  }

  private int run(SeriesOptions options, @Nullable Path directory, StopSignal stop)
      throws Exception {
    try {
      SeriesReport report =
          Series.run(options, line -> LabOutput.line(spec.commandLine().getErr(), line));
      if (directory != null) {
        LabOutput.write(directory.resolve("series.json"), report.toJson());
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
