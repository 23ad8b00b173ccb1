package dev.puck.cli;

import dev.puck.bridge.SourceSwitch;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.PostgresConfig;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code puck switch}. */
@Command(
    name = "switch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Moves a bridge from the outbox to the WAL or back, while applications write: nothing is lost,",
      "nothing comes twice, and each key keeps its order. Makes what the new source needs, asks a",
      "running bridge to hand over, publishes what is left of the old source, and removes what that",
      "needed. Then start the bridge with the new bridge.source.",
      "If it ends before it is done, run it again; until it says that the bridge is moved, the bridge",
      "goes on as before."
    },
    footer = {
      "",
      "Examples:",
      "  puck switch --to wal                               as puck.yaml says",
      "  PGPASSWORD=… puck switch --to wal --user puck_owner  as the outbox's owner",
      "  puck switch --to wal --full                        with tables that have no primary key",
      "  puck switch --to outbox --config prod.yaml",
      "",
      "Exit code: 0 if the bridge is there now, 1 if PostgreSQL or Kafka is away, 2 if something must"
          + " change first."
    })
final class SwitchCommand implements Callable<Integer> {
  @Mixin private ConfigFile configFile = new ConfigFile();
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Where a bridge can be moved. */
  enum Target {
    OUTBOX(SourceType.OUTBOX),
    WAL(SourceType.WAL);

    private final SourceType source;

    Target(SourceType source) {
      this.source = source;
    }
  }

  @Option(
      names = "--to",
      required = true,
      paramLabel = "wal|outbox",
      description = "What the bridge is to read from now on.")
  private Target target = Target.WAL;

  @Option(
      names = "--full",
      description =
          "To the WAL: identify the rows of tables without a primary key by all their columns"
              + " (REPLICA IDENTITY FULL), instead of refusing them.")
  private boolean full;

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      description =
          "The role that owns the outbox and may publish its tables, if that is not the bridge's;"
              + " its password is taken from PGPASSWORD or from the password file.")
  private @Nullable String user;

  @Override
  public Integer call() throws InterruptedException {
    logOptions.configureCommand();
    PuckConfig config = configFile.load();
    BridgeConfig bridge = configFile.require(config.bridge(), "bridge");
    PrintWriter out = spec.commandLine().getOut();
    try {
      new SourceSwitch(bridge, config.kafka(), owner(bridge.postgres()), new SwitchPrinter(out))
          .run(target.source, full);
      String source = target.name().toLowerCase(Locale.ROOT);
      out.println(
          bridge.source() == target.source
              ? "Bridge '" + bridge.name() + "' reads " + source + ". Start it if it does not run."
              : "Bridge '%s' reads %s. Set bridge.source: %s, and start it with that."
                  .formatted(bridge.name(), source, source));
    } finally {
      out.flush();
    }
    return ExitCode.OK;
  }

  private PostgresConfig owner(PostgresConfig bridge) {
    if (user == null) {
      return bridge;
    }
    @Nullable String password = System.getenv("PGPASSWORD");
    return new PostgresConfig(bridge.url(), user, password == null ? null : new Secret(password));
  }
}
