package dev.puck.cli;

import dev.puck.cli.schema.Unwatching;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck unwatch}. */
@Command(
    name = "unwatch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Ends the capture of tables. What the outbox holds of them already is still "
            + "relayed. May be repeated, and names a table that was dropped since as it was "
            + "watched.",
    footer = {
      "",
      "Examples:",
      "  puck unwatch shop.sale",
      "  puck unwatch shop.sale '\"Odd Name\".täble'",
      "",
      "Exit code: 0 if they are not watched now, 1 if PostgreSQL is away or a lock was in the way, 2"
          + " if there is no such table."
    })
final class UnwatchCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions databaseOptions = new DatabaseOptions();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "TABLE", description = "The tables, as in SQL.")
  private List<String> tables = List.of();

  @Override
  public Integer call() {
    logOptions.configureCommand();
    PrintWriter out = spec.commandLine().getOut();
    try {
      new Unwatching(databaseOptions.database(), out).unwatch(tables);
    } finally {
      out.flush();
    }
    return ExitCode.OK;
  }
}
