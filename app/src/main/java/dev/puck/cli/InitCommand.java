package dev.puck.cli;

import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.cli.schema.Installation;
import dev.puck.cli.schema.WalInstallation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code puck init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Installs the schema puck in the database, or upgrades it: the outbox, "
            + "puck.publish(…) and what captures tables. What is there already is kept, so it may "
            + "be run again. The role that runs it owns the outbox; it needs 'create' on the "
            + "database, and no superuser's rights. With --source wal it also makes a publication and "
            + "a replication slot, for which the role needs 'replication', too, and puck.publish(…) "
            + "writes to the WAL.",
    footer = {
      "",
      "Examples:",
      "  puck init                                    as puck.yaml says",
      "  PGPASSWORD=… puck init --user puck_owner     as another role",
      "  puck init --postgres postgresql://127.0.0.1:5432/shop --user puck_owner",
      "  puck init --source wal --table shop.sale --table shop.item",
      "  puck init --print | psql -v ON_ERROR_STOP=1 -1",
      "",
      "Exit code: 0 if all is there now, 1 if PostgreSQL is away, 2 if the configuration or"
          + " a right must change."
    })
final class InitCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions databaseOptions = new DatabaseOptions();
  @Mixin private WalOptions walOptions = new WalOptions();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** What the bridge will read. */
  enum Source {
    OUTBOX,
    WAL
  }

  @Option(
      names = "--source",
      paramLabel = "outbox|wal",
      description = "What the bridge is to read; default: the outbox.")
  private Source source = Source.OUTBOX;

  @Option(
      names = "--no-schema",
      description =
          "With --source wal: leave the schema puck out. Tables need none of it; there is no"
              + " puck.publish(…) then.")
  private boolean noSchema;

  @Option(names = "--print", description = "Print the SQL instead; nothing is connected.")
  private boolean print;

  @Override
  public Integer call() {
    logOptions.configureCommand();
    requireSense();
    PrintWriter out = spec.commandLine().getOut();
    if (print) {
      out.print(SchemaInstaller.installScript());
    } else if (source == Source.WAL) {
      WalConfig names = walOptions.names(databaseOptions.bridge());
      new WalInstallation(
              databaseOptions.database(), out, names.slotOf("puck"), names.publication())
          .run(walOptions.tables(), walOptions.full(), !noSchema);
    } else {
      new Installation(databaseOptions.database(), out).run();
    }
    out.flush();
    return ExitCode.OK;
  }

  private void requireSense() {
    if (source == Source.WAL && print) {
      throw new ParameterException(
          spec.commandLine(), "--print prints the outbox's schema, and no slot.");
    }
    if (source == Source.OUTBOX && (walOptions.given() || noSchema)) {
      throw new ParameterException(
          spec.commandLine(),
          "--table, --full, --slot, --publication and --no-schema are for --source wal; a table of the outbox is"
              + " captured by: puck watch");
    }
  }
}
