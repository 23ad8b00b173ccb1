package dev.puck.consumer.projection;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Folds a cache's events into a value by key. The key is the record's key as UTF-8 text.
 *
 * <p>Called by one thread. Values are read by others while it works, so a value must be immutable:
 * return a new one, best a record. Values are shown as JSON by Jackson, and read from it where the
 * cache warms from a summary.
 *
 * @param <V> the value
 */
public interface Reducer<V> {
  /** The class of the values. */
  Class<V> type();

  /**
   * The value after {@code event}.
   *
   * @param current the value before; null for a key not seen yet
   * @throws PoisonEventException if the event cannot be folded: it becomes a dead letter
   */
  V apply(@Nullable V current, JsonNode event);
}
