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
   * Blocks until everything that was taken over is acknowledged.
   *
   * @throws TransientException if something could not be stored
   */
  void flush();

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
