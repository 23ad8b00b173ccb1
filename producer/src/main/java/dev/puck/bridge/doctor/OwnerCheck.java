package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outbox is this bridge's, or nobody's yet. */
final class OwnerCheck implements Check<Connection> {
  private static final String OWNER = "select name, kafka_cluster, topic_prefix from puck.bridge";

  private final BridgeConfig config;
  private final Optional<String> kafkaCluster;

  /**
   * For that bridge.
   *
   * @param kafkaCluster its id; empty where Kafka is away
   */
  OwnerCheck(BridgeConfig config, Optional<String> kafkaCluster) {
    this.config = config;
    this.kafkaCluster = kafkaCluster;
  }

  @Override
  public String name() {
    return "owner";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Query.list(
            connection,
            OWNER,
            row -> new Owner(row.getString(1), row.getString(2), row.getString(3)))
        .forEach(owner -> judge(owner, findings));
  }

  private void judge(Owner owner, Findings findings) {
    findings.saw(owner.name);
    List<String> differences = new ArrayList<>();
    compare("bridge", owner.name, config.name(), differences);
    kafkaCluster.ifPresent(id -> compare("Kafka cluster", owner.kafkaCluster, id, differences));
    compare("topic prefix", owner.topicPrefix, config.topics().start(), differences);
    if (!differences.isEmpty()) {
      findings.problem(
          "The outbox belongs to another: " + String.join("; ", differences) + ".",
          "Stop the other one and run: puck checkpoint adopt; or correct the configuration.");
    }
  }

  private static void compare(String what, String theirs, String ours, List<String> differences) {
    if (!theirs.equals(ours)) {
      differences.add("%s '%s', and the configuration has '%s'".formatted(what, theirs, ours));
    }
  }

  private record Owner(String name, String kafkaCluster, String topicPrefix) {}
}
