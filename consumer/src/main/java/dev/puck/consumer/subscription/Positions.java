package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Gap;
import dev.puck.consumer.projection.Projection;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

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

  /**
   * Reads on where the oldest record is that Kafka still has.
   *
   * @return what is missing then
   */
  List<Gap> skipToBeginning(InvalidOffsetException outOfRange) {
    Map<TopicPartition, Long> wanted =
        outOfRange instanceof OffsetOutOfRangeException range
            ? range.offsetOutOfRangePartitions()
            : Map.of();
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(outOfRange.partitions());
    beginnings.forEach(consumer::seek);
    return beginnings.entrySet().stream()
        .map(begin -> missing(begin.getKey(), wanted.get(begin.getKey()), begin.getValue()))
        .toList();
  }

  private static Gap missing(TopicPartition partition, @Nullable Long offset, long begin) {
    String place = partition + (offset == null ? "" : "@" + offset);
    return new Gap(
        "out-of-range:" + place,
        partition.topic(),
        null,
        null,
        place + " is not in Kafka any more, or not yet; reading on from " + begin);
  }

  private void forget(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
    unknown.addAll(partitions);
  }
}
