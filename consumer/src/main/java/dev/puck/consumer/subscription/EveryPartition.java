package dev.puck.consumer.subscription;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Takes every partition of its topics, without a group; those added later too. */
public final class EveryPartition implements Assignment {
  private final List<String> topics;
  private Set<TopicPartition> taken = Set.of();

  public EveryPartition(List<String> topics) {
    this.topics = List.copyOf(topics);
  }

  @Override
  public List<String> topics() {
    return topics;
  }

  @Override
  public Map<String, Object> properties() {
    return Map.of();
  }

  /** The client answers from its own copy of the metadata, which costs next to nothing. */
  @Override
  public void refresh(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener listener) {
    Set<TopicPartition> all = new HashSet<>(taken);
    for (String topic : topics) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        all.add(new TopicPartition(topic, partition.partition()));
      }
    }
    if (all.size() > taken.size()) {
      consumer.assign(all);
      Set<TopicPartition> added = new HashSet<>(all);
      added.removeAll(taken);
      taken = Set.copyOf(all);
      listener.onPartitionsAssigned(added);
    }
  }

  /** Nothing to do: without a group there is nobody to tell. */
  @Override
  public void applied(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next) {}
}
