package dev.puck.consumer;

import dev.puck.consumer.http.CacheValue;
import dev.puck.consumer.http.CacheView;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.consumer.subscription.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reducer and what keeps it up to date. Thread-safe. */
record RunningCache(ReducerProjection<?> cache, Subscription subscription) implements CacheView {
  @Override
  public Map<String, CacheValue> get(Collection<String> keys) {
    Map<String, CacheValue> found = new HashMap<>();
    for (String key : keys) {
      @Nullable Object value = cache.get(key);
      if (value != null) {
        found.put(key, new CacheValue(value, null));
      }
    }
    return found;
  }

  @Override
  public boolean isReadable() {
    return subscription.isReadable();
  }

  @Override
  public String explanation() {
    return explanation(subscription.status());
  }

  @Override
  public Duration age() {
    return subscription.age();
  }

  /** A cache that cannot start, or has died, says why; one that reads says how far it is. */
  static String explanation(ProjectionStatus status) {
    String records = status.lag() == null ? "" : ": " + status.lag() + " records to go";
    return status.error() == null
        ? "warming" + records
        : (status.state().equals("failed") ? "failed: " : "warming: ") + status.error();
  }
}
