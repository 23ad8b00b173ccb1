package dev.puck.bridge.publisher;

import dev.puck.service.retry.TransientException;
import java.util.List;
import java.util.Optional;

/**
 * Where events go. Used by one thread, but for {@link #problem} and {@link #pending}.
 *
 * <p>A publisher that failed stays failed: close it, and start again with another.
 */
public interface Publisher extends AutoCloseable {
  /**
   * Takes events over, in order, and may return before they are acknowledged; blocks while its
   * buffers are full. Events of one key are stored in this order, once. Without events it only
   * looks after those that it took over earlier.
   *
   * @throws TransientException if an event that was taken over earlier could not be stored
   */
  void publish(List<OutgoingEvent> events);

  /**
   * Takes over from whoever published under this name before: when it returns, nothing of theirs
   * can become visible any more, where delivery is exactly once. Called once, before all else.
   *
   * @throws TransientException if Kafka gives no answer
   */
  void open() throws InterruptedException;

  /**
   * The first {@link #commit}, which gives up after a while rather than wait for Kafka.
   *
   * @throws TransientException also if it gave up
   */
  void claim(OutgoingEvent checkpoint) throws InterruptedException;

  /**
   * Stores a record that says how far the events published before have come. Returns when they and
   * it are stored; a reader of committed records sees it only if it can see all of them.
   *
   * @throws TransientException if that failed, or is not known: ask Kafka, and start again there
   */
  void commit(OutgoingEvent checkpoint);

  /**
   * Blocks until everything that was taken over is acknowledged.
   *
   * @throws TransientException if something could not be stored
   */
  void flush();

  /**
   * Whether Kafka itself lets nothing become visible that this publisher sends after another one of
   * its name was opened.
   */
  default boolean isFenced() {
    return false;
  }

  /** How many partitions the topic has; blocks until that is known. */
  int partitions(String topic);

  /** Why nothing is acknowledged at the moment; empty if all is well. Any thread. */
  Optional<String> problem();

  /** How many events wait for their acknowledgement. Any thread. */
  long pending();

  /** Gives up what is not acknowledged; call {@link #flush} before to lose nothing. */
  @Override
  void close();
}
