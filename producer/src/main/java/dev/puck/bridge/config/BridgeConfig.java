package dev.puck.bridge.config;

import dev.puck.event.DeadLetterTopic;
import dev.puck.service.config.Problems;
import dev.puck.service.config.Setting;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  /** Where every bridge keeps its checkpoint; a message there would be taken for one. */
  private static final String CHECKPOINTS = "puck.checkpoints";

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
    checkRoutes(problems, source, topics, routes);
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
    return topicOf(topics, route);
  }

  private static String topicOf(TopicsConfig topics, RouteConfig route) {
    @Nullable String named = route.topic();
    return named != null ? named : topics.topicOf(route.from());
  }

  private static void checkRoutes(
      Problems problems, SourceType source, TopicsConfig topics, List<RouteConfig> routes) {
    Set<String> names = new HashSet<>();
    Set<String> reserved =
        routes.stream()
            .map(route -> DeadLetterTopic.of(topicOf(topics, route)))
            .collect(Collectors.toCollection(HashSet::new));
    reserved.add(CHECKPOINTS);
    for (int i = 0; i < routes.size(); i++) {
      RouteConfig route = routes.get(i);
      String path = "routes[" + i + "]";
      problems.check(
          names.add(route.kind() + " " + route.from()),
          path + "." + route.kind(),
          "is '" + route.from() + "', which an earlier route has; give each one route.");
      problems.check(
          source != SourceType.NOTIFY || route.channel() != null,
          path + ".table",
          "is '"
              + route.table()
              + "', and the source notify knows no tables; set source to outbox"
              + " or wal, or name a channel.");
      String topic = topicOf(topics, route);
      problems.check(
          TopicsConfig.TOPIC_NAME.matcher(topic).matches(),
          path + ".topic",
          "would be '" + topic + "'; Kafka wants " + TopicsConfig.TOPIC_RULE + ". Name a topic.");
      problems.check(
          !reserved.contains(topic),
          path + ".topic",
          "is '" + topic + "', which Puck itself writes to. Name another topic.");
    }
  }
}
