package dev.puck.cli;

import dev.puck.lab.own.Leftovers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code puck lab clean}. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Drops what runs of the lab left in your database because they were killed: schemas",
      "puck_lab_*, but for those of runs under way."
    },
    footer = {
      "",
      "Example:",
      "  puck lab clean --postgres postgresql://localhost:5432/shop --user shop",
      "",
      "Exit code: 0 if nothing of that is left; 1 if something failed, 2 if an option is wrong."
    })
final class LabCleanCommand implements Callable<Integer> {
  @Mixin private LabDatabase database = new LabDatabase();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Leftovers.clean(database.config())
        .forEach(line -> LabOutput.line(spec.commandLine().getOut(), line));
    return ExitCode.OK;
  }
}
