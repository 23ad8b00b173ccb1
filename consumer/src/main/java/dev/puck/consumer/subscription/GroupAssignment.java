package dev.puck.consumer.subscription;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Shares the partitions with the other processes of a consumer group. */
public final class GroupAssignment implements Assignment {
  private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

  private final String group;
  private final List<String> topics;
  private final Map<TopicPartition, OffsetAndMetadata> unreported = new HashMap<>();
  private boolean subscribed;
  private long reported = System.nanoTime();

  public GroupAssignment(String group, List<String> topics) {
    this.group = group;
    this.topics = List.copyOf(topics);
  }

  @Override
  public List<String> topics() {
    return topics;
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of(
        ConsumerConfig.GROUP_ID_CONFIG,
        group,
        // What did not move goes on through a rebalance.
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName(),
        // The least that brokers allow by default: the partitions of a process that was killed
        // wait that long for their next owner. Being thought dead is harmless: offsets are fenced.
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        6_000,
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        2_000);
  }

  /** Once is enough: from then on the group's coordinator notices what changes. */
  @Override
  public void refresh(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener listener) {
    if (!subscribed) {
      consumer.subscribe(topics, listener);
      subscribed = true;
    }
  }

  /**
   * Tells Kafka too, for the tools that show a group's lag; nothing here ever reads it, so neither
   * failures nor the order of rebalances matter.
   */
  @Override
  public void applied(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next) {
    unreported.putAll(next);
    long now = System.nanoTime();
    if (now - reported < REPORT_NANOS) {
      return;
    }
    unreported.keySet().retainAll(consumer.assignment());
    consumer.commitAsync(Map.copyOf(unreported), (offsets, failure) -> {});
    unreported.clear();
    reported = now;
  }
}
