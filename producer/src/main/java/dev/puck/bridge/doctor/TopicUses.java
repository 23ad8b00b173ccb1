package dev.puck.bridge.doctor;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.doctor.TopicUse.Role;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.event.DeadLetterTopic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** All topics that a bridge writes to, as far as one can know: applications publish to channels. */
final class TopicUses {
  /** Kafka's name for it. */
  static final String TRANSACTION_STATE = "__transaction_state";

  private final Map<String, TopicUse> uses = new LinkedHashMap<>();

  private TopicUses() {}

  /**
   * The topics of that bridge.
   *
   * @param watched tables, which also without a route have a topic; empty for another source
   */
  static List<TopicUse> of(BridgeConfig config, List<WatchedTable> watched) {
    TopicUses topics = new TopicUses();
    topics.addRoutes(config, watched);
    topics.addTables(config, watched);
    List.copyOf(topics.uses.keySet()).forEach(topics::addDeadLetters);
    topics.add(new TopicUse(Checkpoint.TOPIC, Role.CHECKPOINTS, true));
    if (config.source() == SourceType.OUTBOX) {
      topics.add(new TopicUse(TRANSACTION_STATE, Role.TRANSACTIONS, true));
    }
    return List.copyOf(topics.uses.values());
  }

  private void addRoutes(BridgeConfig config, List<WatchedTable> watched) {
    for (RouteConfig route : config.routes()) {
      String topic = config.topicOf(route);
      add(
          route.table() == null
              ? new TopicUse(topic, Role.MESSAGES, route.key() != null)
              : new TopicUse(topic, Role.ROWS, isKeyed(route.from(), watched)));
    }
  }

  private void addTables(BridgeConfig config, List<WatchedTable> watched) {
    if (config.source() != SourceType.OUTBOX) {
      return;
    }
    Set<String> routed =
        config.routes().stream()
            .map(RouteConfig::table)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    for (WatchedTable table : watched) {
      if (!routed.contains(table.catalogName())) {
        String topic = config.topics().start() + table.catalogName();
        add(new TopicUse(topic, Role.ROWS, !table.keyColumns().isEmpty()));
      }
    }
  }

  private static boolean isKeyed(String name, List<WatchedTable> watched) {
    return watched.stream()
        .noneMatch(table -> table.catalogName().equals(name) && table.keyColumns().isEmpty());
  }

  private void addDeadLetters(String topic) {
    add(new TopicUse(DeadLetterTopic.of(topic), Role.DEAD_LETTERS, false));
  }

  private void add(TopicUse use) {
    uses.merge(use.topic(), use, TopicUse::and);
  }
}
