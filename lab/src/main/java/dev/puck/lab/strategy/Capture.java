package dev.puck.lab.strategy;

import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.lab.tweet.TweetDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * How what an application writes comes to a bridge.
 *
 * @param source where the bridge reads
 * @param counters whether it is what a message's counters are, and not what was done to it
 * @param site where
 */
record Capture(SourceType source, boolean counters, Site site) {
  private static final String MESSAGE = "tweet.message";

  /** Installs what it takes. */
  void install() throws SQLException {
    TweetDatabase database = site.database();
    if (counters) {
      database.run("/sql/cache/update_in_place.sql");
    }
    if (source == SourceType.NOTIFY) {
      database.run(counters ? "/sql/tweet/notify_counters.sql" : "/sql/tweet/notify.sql");
      return;
    }
    try (Connection connection = database.connect()) {
      new SchemaInstaller(connection).install();
      if (source == SourceType.WAL) {
        installWal(connection);
      }
    }
    if (!counters) {
      database.run("/sql/tweet/publish.sql");
    } else if (source == SourceType.OUTBOX) {
      database.execute("select puck.watch('" + MESSAGE + "')");
    }
  }

  private void installWal(Connection connection) throws SQLException {
    new SchemaRepository(connection).publishToWal();
    WalConfig wal = WalConfig.byDefault();
    new WalInstaller(
            connection, site.database().serviceConfig(), wal.slotOf(site.name()), wal.publication())
        .install(counters ? List.of(MESSAGE) : List.of(), /* full= */ false);
  }

  /** The topic that its events go to. */
  String topic() {
    return site.name() + "." + (isTable() ? MESSAGE : channel());
  }

  private boolean isTable() {
    return counters && source != SourceType.NOTIFY;
  }

  private String channel() {
    return counters ? "tweet.counters" : "tweet.activity";
  }

  /** The bridge's configuration. */
  String settings() {
    return """
        kafka:
          bootstrap-servers: %s
        bridge:
          name: %s
          postgres: %s
          source: %s
        %s  topics: {prefix: "%s.", partitions: 6}
          routes: [%s]
          http: {port: 0}
        """
        .formatted(
            site.servers().kafka().bootstrapServers(),
            site.name(),
            site.serviceSettings(),
            name(),
            // What was there before, consumers take from their truth.
            source == SourceType.NOTIFY ? "" : "  " + name() + ": {starting-state: false}\n",
            site.name(),
            isTable()
                ? "{table: " + MESSAGE + "}"
                : "{channel: " + channel() + ", key: /messageid}");
  }

  private String name() {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
