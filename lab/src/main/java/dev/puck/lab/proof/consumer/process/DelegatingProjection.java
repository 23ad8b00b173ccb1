package dev.puck.lab.proof.consumer.process;

import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.ProjectionKind;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Does as the right one does. */
abstract class DelegatingProjection implements Projection {
  final Projection right;

  DelegatingProjection(Projection right) {
    this.right = right;
  }

  @Override
  public String name() {
    return right.name();
  }

  @Override
  public ProjectionKind kind() {
    return right.kind();
  }

  @Override
  public Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings) {
    return right.resume(partitions, beginnings);
  }

  @Override
  public void release(Collection<TopicPartition> partitions) {
    right.release(partitions);
  }

  @Override
  public Applied apply(EventBatch batch) {
    return right.apply(batch);
  }

  @Override
  public void idle() {
    right.idle();
  }

  @Override
  public boolean isComplete() {
    return right.isComplete();
  }
}
