package dev.puck.cli;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.cli.schema.Confirmation;
import dev.puck.cli.schema.Removal;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck uninstall}. */
@Command(
    name = "uninstall",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Removes the schema puck from the database: the capture of all watched tables, the "
            + "outbox with all that is in it, relayed or not, and the roles that puck init made, "
            + "unless somebody depends on them. Watched tables stay as they are. Applications "
            + "that call puck.publish(…) will fail.",
    footer = {
      "",
      "Examples:",
      "  puck uninstall                   asks before it removes anything",
      "  puck uninstall --yes             does not ask; for scripts",
      "  puck uninstall --print           the SQL, for psql",
      "",
      "Exit code: 0 if nothing of it is there now, 1 if PostgreSQL is away or the answer was no, 2"
          + " if it was refused."
    })
final class UninstallCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions databaseOptions = new DatabaseOptions();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(names = "--force", description = "Remove it even while a bridge is connected.")
  private boolean force;

  @Option(names = "--print", description = "Print the SQL instead; nothing is connected.")
  private boolean print;

  @Override
  public Integer call() {
    logOptions.configureCommand();
    PrintWriter out = spec.commandLine().getOut();
    boolean done = true;
    if (print) {
      out.print(SchemaInstaller.uninstallScript());
    } else {
      done = new Removal(databaseOptions.database(), confirmation(out), out).run(force);
    }
    out.flush();
    return done ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** Only the launcher knows whether somebody sits there: Java tells it from version 22 on. */
  private Confirmation confirmation(PrintWriter out) {
    if (yes) {
      return Confirmation.GIVEN;
    }
    return Boolean.getBoolean("puck.interactive")
        ? Confirmation.by(new InputStreamReader(System.in, Charset.defaultCharset()), out)
        : Confirmation.IMPOSSIBLE;
  }
}
