package dev.puck.consumer.projection;

import dev.puck.service.retry.TransientException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * State built from events. It keeps its offsets with that state, so that both move together or not
 * at all: after any exception the caller asks {@link #resume} where to go on.
 *
 * <p>All methods are called by one thread, that of its subscription, and may block.
 */
public interface Projection {
  String name();

  ProjectionKind kind();

  /** What it is called among all kinds, as {@code kind/name}. */
  default String title() {
    return kind().text() + "/" + name();
  }

  /**
   * Where to go on in each of the partitions.
   *
   * @param beginnings the beginning offsets of partitions; asked for those without an offset yet
   * @throws TransientException if trying again may help
   * @throws StalledException if someone must mend something
   */
  Map<TopicPartition, Long> resume(
      Set<TopicPartition> partitions,
      Function<Set<TopicPartition>, Map<TopicPartition, Long>> beginnings);

  /** These partitions are someone else's from now on. Never fails. */
  void release(Collection<TopicPartition> partitions);

  /**
   * Applies the events and moves the offsets. When it returns, readers see them.
   *
   * @throws TransientException if trying again may help
   * @throws StalledException if someone must mend something
   * @throws FencedException if someone else applied them
   */
  Applied apply(EventBatch batch);

  /**
   * Called every now and then while nothing comes, to see that the state is still there.
   *
   * @throws TransientException if trying again may help
   * @throws FencedException if the state is not the one that was left; it is read again
   */
  default void idle() {}

  /**
   * Whether what readers do not find is not there either: false while the state is filled again
   * from the beginning. For all threads; never blocks.
   */
  default boolean isComplete() {
    return true;
  }
}
