package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Projection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the client reads. A partition that was assigned, or whose events could not be applied, is
 * paused until the projection has said where to go on; so nothing is read from anywhere else.
 *
 * <p>Owned by the subscription's thread, on which Kafka's client calls it while polling.
 */
final class Positions implements ConsumerRebalanceListener {
  private final Consumer<byte[], byte[]> consumer;
  private final Projection projection;
  private final WarmUp warmUp;
  private final Lag lag;
  private final Waiters waiters;
  private final Set<TopicPartition> unknown = new HashSet<>();

  Positions(
      Consumer<byte[], byte[]> consumer,
      Projection projection,
      WarmUp warmUp,
      Lag lag,
      Waiters waiters) {
    this.waiters = waiters;
    this.consumer = consumer;
    this.projection = projection;
    this.warmUp = warmUp;
    this.lag = lag;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // Any position will do while paused: without one, poll would ask Kafka for the group's.
    partitions.forEach(partition -> consumer.seek(partition, 0));
    forget(partitions);
    if (partitions.isEmpty()) {
      // A group's member in waiting: nothing is ahead of it.
      warmUp.begin();
    }
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    unknown.removeAll(partitions);
    warmUp.release(partitions);
    lag.release(partitions);
    waiters.release(partitions);
    projection.release(partitions);
  }

  /** What was polled and not applied must be read again. */
  void forgetAll() {
    forget(consumer.assignment());
  }

  /** Asks the projection about the partitions whose position is unknown, and reads on there. */
  void restore() {
    if (unknown.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> offsets =
        projection.resume(Set.copyOf(unknown), consumer::beginningOffsets);
    if (!warmUp.isOver()) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(unknown);
      offsets.forEach(
          (partition, offset) ->
              warmUp.expect(partition, offset, ends.getOrDefault(partition, offset)));
      warmUp.begin();
    }
    offsets.forEach(consumer::seek);
    offsets.forEach(lag::reached);
    waiters.reached(offsets);
    consumer.resume(unknown);
    unknown.clear();
  }

  /** Everything before these offsets is applied. */
  void reached(Map<TopicPartition, Long> next) {
    next.forEach(warmUp::reached);
    next.forEach(lag::reached);
    waiters.reached(next);
  }

  /** Reads on where the oldest record is that Kafka still has. */
  Map<TopicPartition, Long> skipToBeginning(Set<TopicPartition> partitions) {
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    beginnings.forEach(consumer::seek);
    return new HashMap<>(beginnings);
  }

  private void forget(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    unknown.addAll(partitions);
  }
}
