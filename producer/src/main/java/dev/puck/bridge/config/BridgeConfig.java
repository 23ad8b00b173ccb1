package dev.puck.bridge.config;

import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The section {@code bridge} of the file. */
public record BridgeConfig(
    @Setting(
            value = "The bridge's name: its checkpoint is kept under it, and records bear it.",
            defaultValue = "puck")
        String name,
    @Setting("The database to read from.") PostgresConfig postgres,
    @Setting(
            value =
                "Where changes are read: `notify` needs nothing and loses what happens while nobody"
                    + " listens; `outbox` needs `puck init` and loses nothing; `wal` needs"
                    + " `wal_level = logical` and `puck init --source wal`, and loses nothing.",
            defaultValue = "notify")
        SourceType source,
    @Setting(
            value =
                "`exactly-once`: each batch is a Kafka transaction; `at-least-once`: sooner visible,"
                    + " and after a failure some events come again. From `notify` it is at most"
                    + " once.",
            defaultValue = "exactly-once")
        Delivery delivery,
    @Setting("What concerns the source `outbox` alone.") OutboxConfig outbox,
    @Setting("What concerns the source `wal` alone.") WalConfig wal,
    @Setting("How topics are named and made.") TopicsConfig topics,
    @Setting(
            "Which channel or table goes to which topic. From `notify` at least one is needed; from"
                + " `outbox` and `wal` what no route names goes to the prefix and its own name.")
        List<RouteConfig> routes,
    @Setting(
            value =
                "How many bytes of changes may wait for Kafka before the bridge stops reading;"
                    + " about twice that much memory is needed.",
            defaultValue = "4194304")
        long queueMaxBytes,
    @Setting(
            value =
                "How often the bridge notes how far it has come; a gap after a crash begins there. From"
                    + " `wal`, how often it does while nothing happens, so that PostgreSQL keeps"
                    + " no WAL for it.",
            defaultValue = "10s")
        Duration checkpointInterval,
    @Setting("Where the bridge answers HTTP.") HttpConfig http) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");

  public BridgeConfig {
    routes = List.copyOf(routes);
    Problems problems =
        new Problems()
            .matches("name", name, NAME, "1 to 63 letters, digits, dots, underscores and hyphens")
            .range("queue-max-bytes", queueMaxBytes, 1 << 16, 1L << 40)
            .positive("checkpoint-interval", checkpointInterval)
            .check(
                source != SourceType.NOTIFY || !routes.isEmpty(),
                "routes",
                "is empty; name at least one channel, or set source to outbox or wal.");
    if (topics != null) { // It may be what is wrong; the other settings are looked at all the same.
      new TopicRules(source, topics, routes).check(problems);
    }
    problems.throwIfAny();
  }

  /** The same with another source. */
  public BridgeConfig reading(SourceType other) {
    return new BridgeConfig(
        name,
        postgres,
        other,
        delivery,
        outbox,
        wal,
        topics,
        routes,
        queueMaxBytes,
        checkpointInterval,
        http);
  }

  /** The topic that this route's events go to. */
  public String topicOf(RouteConfig route) {
    return topics.topicOf(route);
  }
}
