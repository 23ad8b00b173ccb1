package dev.puck.cli;

import dev.puck.bridge.schema.WatchOptions;
import dev.puck.cli.schema.Database;
import dev.puck.cli.schema.Masks;
import dev.puck.cli.schema.WatchedTables;
import dev.puck.cli.schema.Watching;
import dev.puck.service.config.ConfigException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck watch}. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Captures tables: from now on every change to their rows is in the outbox, with the "
            + "transaction that made it. Of a table that is watched already it changes how. "
            + "Without a table it lists those that are watched, how, and what is wrong with it.",
    footer = {
      "",
      "Examples:",
      "  puck watch                         what is watched",
      "  puck watch shop.sale shop.person   all rows and columns of two tables",
      "  puck watch shop.person --exclude notes --mask email=sha256 --mask phone=null",
      "  puck watch shop.sale --where \"new.country = 'DK'\"",
      "  puck watch shop.sale --again       repairs the capture, with its options",
      "  puck watch '\"Odd Name\".täble'      a name is written as in SQL",
      "",
      "Exit code: 0 if they are watched, 1 if PostgreSQL is away or a lock was in the way, 2 if a"
          + " table cannot be watched so."
    })
final class WatchCommand implements Callable<Integer> {
  @Mixin private DatabaseOptions databaseOptions = new DatabaseOptions();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "The tables, as in SQL.")
  private List<String> tables = List.of();

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description = "Only these columns, spelled as they are, with commas between.")
  private @Nullable List<String> columns;

  @Option(names = "--exclude", paramLabel = "COLUMN", split = ",", description = "Not these.")
  private List<String> exclude = List.of();

  @Option(
      names = "--mask",
      paramLabel = "COLUMN=RULE",
      description = {
        "What leaves the database in place of the column's value: null, sha256 (its hash, salted",
        "by installation), or a constant, in JSON or as it is. Once for each column."
      })
  private List<String> masks = List.of();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = {
        "Only rows for which this is true, which calls the row new. Name what is not PostgreSQL's",
        "own with its schema. Columns in it must not be renamed or dropped."
      })
  private @Nullable String filter;

  @Option(
      names = "--replica",
      description = "Also what a subscription writes; for the table's owner.")
  private boolean replica;

  @Option(names = "--generated", description = "Also generated columns that are stored.")
  private boolean generated;

  @Option(names = "--again", description = "With the options that the table is watched with.")
  private boolean again;

  @Override
  public Integer call() {
    logOptions.configureCommand();
    WatchOptions options =
        new WatchOptions(columns, exclude, Masks.toJson(masks), filter, replica, generated);
    requireSense(options);
    Database database = databaseOptions.database();
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (tables.isEmpty()) {
        new WatchedTables(database, out).print();
      } else {
        new Watching(database, out).watch(tables, again ? null : options);
      }
    } finally {
      out.flush();
    }
    return ExitCode.OK;
  }

  private void requireSense(WatchOptions options) {
    boolean plain = options.equals(WatchOptions.NONE);
    if (tables.isEmpty() && (again || !plain)) {
      throw new ConfigException("No table is named. Add: TABLE");
    }
    if (again && !plain) {
      throw new ConfigException(
          "--again takes the options that are there. Leave it, or them, out.");
    }
  }
}
