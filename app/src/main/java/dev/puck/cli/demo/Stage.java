package dev.puck.cli.demo;

import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.cli.demo.play.LoadedPlay;
import dev.puck.cli.demo.play.PlayLoader;
import dev.puck.lab.tweet.SqlScript;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the play is loaded into, and which message is whose. */
final class Stage {
  private static final int MOST_FOR_THE_PROBE = 10;

  private final LoadedPlay play;

  private Stage(LoadedPlay play) {
    this.play = play;
  }

  /** Makes schemas and tables in both databases, and loads the play. */
  static Stage set(
      DemoServers servers,
      Connection source,
      Connection downstream,
      DemoOptions options,
      DemoOutput output)
      throws SQLException {
    SqlScript.load("/sql/tweet/schema.sql").run(source);
    SqlScript.load("/sql/tweet/message_with_counters.sql").run(source);
    sendThrough(options.source(), source, servers.source());
    SqlScript.load("/sql/cache/counters.sql").run(downstream);
    PlayLoader loader =
        new PlayLoader(source, (done, total) -> output.progress("Loading the play", done, total));
    LoadedPlay play = loader.load(options.play());
    if (play.tweets() < 2) {
      throw new ConfigException(
          options.play().name() + " has fewer than two speeches; the demo needs more to count.");
    }
    return new Stage(play);
  }

  /** Each action is sent as the source wants it. */
  private static void sendThrough(SourceType type, Connection source, PostgresConfig config)
      throws SQLException {
    if (type == SourceType.NOTIFY) {
      SqlScript.load("/sql/tweet/notify.sql").run(source);
      return;
    }
    new SchemaInstaller(source).install();
    SqlScript.load("/sql/tweet/publish.sql").run(source);
    if (type == SourceType.WAL) {
      new SchemaRepository(source).publishToWal();
      WalConfig wal = WalConfig.byDefault();
      new WalInstaller(source, config, wal.slotOf(Pipeline.BRIDGE), wal.publication())
          .install(List.of(), /* full= */ false);
    }
  }

  LoadedPlay play() {
    return play;
  }

  /** The messages that the crowd looks at. */
  Skew crowd() {
    return new Skew(play.tweets() - forTheProbe());
  }

  /** The messages that only the staleness probe touches. */
  MessageRange probe() {
    return new MessageRange(play.tweets() - forTheProbe() + 1L, play.tweets());
  }

  private int forTheProbe() {
    return Math.min(MOST_FOR_THE_PROBE, play.tweets() / 2);
  }
}
