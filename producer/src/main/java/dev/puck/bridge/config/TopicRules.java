package dev.puck.bridge.config;

import dev.puck.event.DeadLetterTopic;
import dev.puck.service.config.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which routes and topics go together. */
final class TopicRules {
  /** Where every bridge keeps its checkpoint; a message there would be taken for one. */
  private static final String CHECKPOINTS = "puck.checkpoints";

  private static final String TRANSACTION = "topics.transaction";

  private final SourceType source;
  private final TopicsConfig topics;
  private final List<RouteConfig> routes;
  private final Set<String> reserved;

  TopicRules(SourceType source, TopicsConfig topics, List<RouteConfig> routes) {
    this.source = source;
    this.topics = topics;
    this.routes = routes;
    this.reserved =
        Stream.concat(Stream.of(CHECKPOINTS), routed().map(DeadLetterTopic::of))
            .collect(Collectors.toSet());
  }

  void check(Problems problems) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < routes.size(); i++) {
      RouteConfig route = routes.get(i);
      String path = "routes[" + i + "]";
      problems.check(
          names.add(route.kind() + " " + route.from()),
          path + "." + route.kind(),
          "is '" + route.from() + "', which an earlier route has; give each one route.");
      checkRoute(problems, route, path);
    }
    @Nullable String transaction = topics.transaction();
    if (transaction != null) {
      checkTransaction(problems, transaction);
    }
  }

  private void checkRoute(Problems problems, RouteConfig route, String path) {
    String topic = topics.topicOf(route);
    problems
        .check(
            source != SourceType.NOTIFY || route.channel() != null,
            path + ".table",
            "is '"
                + route.table()
                + "', and the source notify knows no tables; set source to outbox"
                + " or wal, or name a channel.")
        .check(
            TopicsConfig.TOPIC_NAME.matcher(topic).matches(),
            path + ".topic",
            "would be '" + topic + "'; Kafka wants " + TopicsConfig.TOPIC_RULE + ". Name a topic.")
        .check(!reserved.contains(topic), path + ".topic", isReserved(topic));
  }

  private void checkTransaction(Problems problems, String topic) {
    problems
        .check(
            source != SourceType.NOTIFY,
            TRANSACTION,
            "is '"
                + topic
                + "', and the source notify knows no transactions; set source to outbox or wal.")
        .check(!reserved.contains(topic), TRANSACTION, isReserved(topic))
        .check(
            routed().noneMatch(topic::equals),
            TRANSACTION,
            "is '" + topic + "', to which a route leads. Name another topic.");
  }

  private Stream<String> routed() {
    return routes.stream().map(topics::topicOf);
  }

  private static String isReserved(String topic) {
    return "is '" + topic + "', which Puck itself writes to. Name another topic.";
  }
}
