package dev.puck.bridge.doctor;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.doctor.TopicUse.Role;
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
   * @param captured tables, which also without a route have a topic
   */
  static List<TopicUse> of(BridgeConfig config, List<CapturedTable> captured) {
    TopicUses topics = new TopicUses();
    topics.addRoutes(config, captured);
    topics.addTables(config, captured);
    if (config.topics().transaction() != null) {
      topics.add(new TopicUse(config.topics().transaction(), Role.MESSAGES, true));
    }
    List.copyOf(topics.uses.keySet()).forEach(topics::addDeadLetters);
    topics.add(new TopicUse(Checkpoint.TOPIC, Role.CHECKPOINTS, true));
    if (config.source() != SourceType.NOTIFY) {
      topics.add(new TopicUse(TRANSACTION_STATE, Role.TRANSACTIONS, true));
    }
    return List.copyOf(topics.uses.values());
  }

  private void addRoutes(BridgeConfig config, List<CapturedTable> captured) {
    for (RouteConfig route : config.routes()) {
      String topic = config.topicOf(route);
      add(
          route.table() == null
              ? new TopicUse(topic, Role.MESSAGES, route.key() != null)
              : new TopicUse(topic, Role.ROWS, isKeyed(route.from(), captured)));
    }
  }

  private void addTables(BridgeConfig config, List<CapturedTable> captured) {
    Set<String> routed =
        config.routes().stream()
            .map(RouteConfig::table)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    for (CapturedTable table : captured) {
      if (!routed.contains(table.name())) {
        add(new TopicUse(config.topics().start() + table.name(), Role.ROWS, table.keyed()));
      }
    }
  }

  private static boolean isKeyed(String name, List<CapturedTable> captured) {
    return captured.stream().noneMatch(table -> table.name().equals(name) && !table.keyed());
  }

  private void addDeadLetters(String topic) {
    add(new TopicUse(DeadLetterTopic.of(topic), Role.DEAD_LETTERS, false));
  }

  private void add(TopicUse use) {
    uses.merge(use.topic(), use, TopicUse::and);
  }
}
