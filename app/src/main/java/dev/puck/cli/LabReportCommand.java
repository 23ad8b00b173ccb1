package dev.puck.cli;

import dev.puck.lab.report.ReportComparison;
import dev.puck.service.config.ConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck lab report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Compares two runs: what differs by more than their noise.",
    footer = {
      "",
      "Example:",
      "  puck lab report before/report.json after/report.json",
      "",
      "Exit code: 0, whatever differs; 2 if one is no report."
    })
final class LabReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A", description = "The first run's report.json.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "The second run's.")
  private Path second = Path.of("");

  @Override
  public Integer call() {
    try {
      PrintWriter out = spec.commandLine().getOut();
      ReportComparison.of(first, second).forEach(out::println);
      out.flush();
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }
}
