package dev.puck.consumer.cache;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a store's entries, tombstones among them, to compare them with the truth that a snapshot
 * shows. What has ended is not there. Owned by one thread, not that of the subscription.
 *
 * <p>All methods throw a {@link dev.puck.service.retry.TransientException} where the store is away
 * or has lost its entries meanwhile.
 */
interface Inspection {
  /** The entries of those keys that have one. */
  Map<String, Held> of(Collection<String> keys);

  /** Hands over all entries of the keys that are wanted, in portions, some perhaps twice. */
  void all(Predicate<String> wanted, Consumer<Map<String, Held>> some);

  /**
   * Puts what the truth says in the place of what was seen.
   *
   * @param was what was seen; null: no entry
   * @param value null: the key is gone
   * @return false if what is there is not that any more, and stays
   */
  boolean replace(String key, @Nullable Held was, byte @Nullable [] value);
}
