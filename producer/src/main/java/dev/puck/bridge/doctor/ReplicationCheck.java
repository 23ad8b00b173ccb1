package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.doctor.TopicUse.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What is acknowledged survives the loss of a broker, and the loss of one does not stop writing;
 * also for topics that are not made yet.
 */
final class ReplicationCheck implements Check<Cluster> {
  private static final String MIN_ISR = TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

  private final BridgeConfig config;

  ReplicationCheck(BridgeConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "replication";
  }

  @Override
  public void look(Cluster cluster, Findings findings) throws InterruptedException {
    int brokers = cluster.brokers().size();
    if (brokers == 1) {
      findings.note(
          "There is one broker: no topic has a second copy, and what it loses is lost.",
          "For production, run three brokers or more.");
    }
    Replication replication = new Replication(cluster.address(), brokers, findings);
    List<String> missing = new ArrayList<>();
    for (TopicUse use : cluster.uses()) {
      Optional<TopicFacts> topic = cluster.topic(use.topic());
      if (topic.isPresent()) {
        replication.judge(use.topic(), topic.get().copies(), topic.get().minInsyncReplicas());
      } else if (use.role() == Role.TRANSACTIONS) {
        judgeTransactions(cluster, replication);
      } else {
        missing.add(use.topic());
      }
    }
    if (!missing.isEmpty()) {
      replication.judgeUnmade(
          "Topics that the bridge will make",
          copies(cluster),
          setting(cluster, MIN_ISR, 1),
          "bridge.topics.replication-factor");
    }
  }

  private int copies(Cluster cluster) throws InterruptedException {
    int configured = config.topics().replicationFactor();
    return configured > 0 ? configured : setting(cluster, "default.replication.factor", 1);
  }

  private static void judgeTransactions(Cluster cluster, Replication replication)
      throws InterruptedException {
    replication.judgeUnmade(
        "Topic __transaction_state, which the first transaction will make,",
        setting(cluster, "transaction.state.log.replication.factor", 3),
        setting(cluster, "transaction.state.log.min.isr", 2),
        "transaction.state.log.replication.factor of the brokers");
  }

  private static int setting(Cluster cluster, String name, int otherwise)
      throws InterruptedException {
    return cluster.brokerSetting(name).map(Integer::valueOf).orElse(otherwise);
  }
}
