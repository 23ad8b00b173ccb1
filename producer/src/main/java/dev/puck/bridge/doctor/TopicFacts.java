package dev.puck.bridge.doctor;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka tells of a topic.
 *
 * @param partitions how many it has
 * @param copies of the partition that has fewest
 * @param settings by name
 */
record TopicFacts(int partitions, int copies, Map<String, String> settings) {
  TopicFacts {
    settings = Map.copyOf(settings);
  }

  /** How many copies must have a record before it is acknowledged. */
  int minInsyncReplicas() {
    return (int) number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1);
  }

  /** How large a batch it takes. */
  long maxMessageBytes() {
    return number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.MAX_VALUE);
  }

  /** How long a record is kept; -1 for ever. */
  long retentionMillis() {
    return number(TopicConfig.RETENTION_MS_CONFIG, -1);
  }

  /** How much is kept; -1 for all. */
  long retentionBytes() {
    return number(TopicConfig.RETENTION_BYTES_CONFIG, -1);
  }

  /** Whether only the newest record of each key is kept. */
  boolean isCompacted() {
    return cleanup().contains(TopicConfig.CLEANUP_POLICY_COMPACT);
  }

  /** Whether records go when they are old, or too many. */
  boolean isDeleted() {
    return cleanup().contains(TopicConfig.CLEANUP_POLICY_DELETE)
        && (retentionMillis() >= 0 || retentionBytes() >= 0);
  }

  /** As it is set. */
  String cleanupPolicy() {
    return settings.getOrDefault(
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
  }

  private Set<String> cleanup() {
    return Arrays.stream(cleanupPolicy().split(",")).map(String::strip).collect(Collectors.toSet());
  }

  private long number(String name, long otherwise) {
    @Nullable String value = settings.get(name);
    return value == null ? otherwise : Long.parseLong(value);
  }
}
