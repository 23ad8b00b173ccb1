package dev.puck.consumer;

import dev.puck.consumer.cache.CacheProjection;
import dev.puck.consumer.cache.IncompleteException;
import dev.puck.consumer.http.CacheValue;
import dev.puck.consumer.http.CacheView;
import dev.puck.consumer.http.UnreadableException;
import dev.puck.consumer.subscription.Subscription;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A cache and what keeps it up to date. Thread-safe.
 *
 * @param isShared whether other processes keep parts of it up to date
 */
record ServedCache(CacheProjection cache, Subscription subscription, boolean isShared)
    implements CacheView {
  @Override
  public Map<String, CacheValue> get(Collection<String> keys) {
    try {
      Map<String, CacheValue> values = new HashMap<>();
      cache
          .getAll(keys)
          .forEach(
              (key, entry) -> values.put(key, CacheValue.ofJson(entry.value(), entry.version())));
      return values;
    } catch (IncompleteException | TransientException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public boolean isReadable() {
    return subscription.isReadable();
  }

  @Override
  public String explanation() {
    return RunningCache.explanation(subscription.status());
  }

  @Override
  public Duration age() {
    return subscription.age();
  }
}
