package dev.puck.consumer.cache;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.event.EventPosition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a cache's entries are, with the offsets that belong to them. What is written obeys the
 * version guard: no entry is replaced by an older one, in whatever order and however often events
 * come.
 *
 * <p>{@link #read}, {@link #align}, {@link #served} and {@link #inspect} are for all threads, the
 * others for the subscription's. All but {@link #isComplete} may throw a {@link
 * dev.puck.service.retry.TransientException} where the store is away.
 */
interface CacheStore extends AutoCloseable {
  /** As {@link dev.puck.consumer.projection.Projection#resume}. */
  Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings);

  /** These partitions are someone else's from now on. */
  void release(Collection<TopicPartition> partitions);

  /**
   * Writes those that are newer than what is there; there is at least one.
   *
   * @return how many were refused, since something as new or newer is there
   */
  long write(List<CacheEvent> events);

  /** Whether other processes write and read the same entries. */
  boolean isShared();

  /** Whatever the partition said before that is gone. */
  void truncate(Truncate truncate);

  /**
   * Moves the offsets, once everything before them is written.
   *
   * @throws dev.puck.consumer.projection.FencedException if they are not those that were left
   */
  void commit(Map<TopicPartition, Long> next);

  /** Looks after what is there, while nothing comes. */
  void idle();

  boolean isComplete();

  /**
   * The entries of those keys that have one.
   *
   * @throws IncompleteException if what is missing may only be missing yet
   */
  Map<String, CacheEntry> read(Collection<String> keys);

  /** Begins to align the entries to a truth that was read under that snapshot. */
  Alignment align(SourceSnapshot snapshot);

  /** The next offset of each partition, by whatever process: what comes before is written. */
  Map<TopicPartition, Long> served();

  /** Begins to look at the entries, to compare them with the truth that the snapshot shows. */
  Inspection inspect(SourceSnapshot snapshot);

  /** How long it keeps entries. */
  Lifetime lifetime();

  @Override
  void close();

  /**
   * That a partition's earlier keys are gone.
   *
   * @param position before which it holds
   * @param event where it comes from
   */
  record Truncate(TopicPartition partition, EventPosition position, IncomingEvent event) {}
}
