package dev.puck.lab.proof.consumer.process;

import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Commits the events with the offsets where they were, and the new ones in a transaction of their
 * own: who dies in between counts the events again.
 */
final class LateOffsets extends DelegatingProjection {
  private final Map<TopicPartition, Long> stored = new HashMap<>();

  LateOffsets(Projection right) {
    super(right);
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    Map<TopicPartition, Long> next = right.resume(partitions, beginnings);
    stored.putAll(next);
    return next;
  }

  @Override
  public Applied apply(EventBatch batch) {
    Map<TopicPartition, Long> before = new HashMap<>(stored);
    before.keySet().retainAll(batch.next().keySet());
    Applied applied = right.apply(new EventBatch(batch.events(), batch.all(), before));
    Applied unused = right.apply(new EventBatch(List.of(), batch.next()));
    stored.putAll(batch.next());
    return applied;
  }
}
