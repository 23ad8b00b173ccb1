package dev.puck.bridge.source.outbox;

/**
 * Who empties an outbox, and into what: two of them would each have a part of it.
 *
 * @param bridge the bridge's name
 * @param kafkaCluster the id of the Kafka cluster
 * @param topicPrefix may be empty
 */
public record OutboxOwner(String bridge, String kafkaCluster, String topicPrefix) {
  /** In words. */
  String text() {
    return "bridge '"
        + bridge
        + "', Kafka cluster "
        + kafkaCluster
        + (topicPrefix.isEmpty() ? ", no topic prefix" : ", topic prefix '" + topicPrefix + "'");
  }
}
