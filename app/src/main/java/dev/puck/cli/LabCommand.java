package dev.puck.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code puck lab}. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tries on this machine the ways to keep counters: a view, counters in place, materialized",
      "views, triggers, a cache service that listens, and Kafka with memory, Redis or a table."
    },
    subcommands = {
      LabRunCommand.class,
      LabReportCommand.class,
      LabSeriesCommand.class,
      LabCleanCommand.class
    })
final class LabCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which: run, report, series or clean.");
  }
}
