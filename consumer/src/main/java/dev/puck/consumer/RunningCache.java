package dev.puck.consumer;

import dev.puck.consumer.http.CacheView;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.consumer.reducer.ReducerProjection;
import dev.puck.consumer.subscription.Subscription;
import org.jspecify.annotations.Nullable;

/** A cache and what keeps it up to date. Thread-safe. */
record RunningCache(ReducerProjection<?> cache, Subscription subscription) implements CacheView {
  @Override
  public @Nullable Object get(String key) {
    return cache.get(key);
  }

  @Override
  public boolean isReadable() {
    return subscription.isReadable();
  }

  @Override
  public String explanation() {
    ProjectionStatus status = subscription.status();
    String records = status.lag() == null ? "" : ": " + status.lag() + " records to go";
    // A cache that cannot start, or has died, says why; one that reads says how far it is.
    return status.error() == null
        ? "warming" + records
        : (status.state().equals("failed") ? "failed: " : "warming: ") + status.error();
  }
}
