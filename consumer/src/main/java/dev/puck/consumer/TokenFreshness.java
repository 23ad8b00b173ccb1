package dev.puck.consumer;

import dev.puck.consumer.freshness.Tokens;
import dev.puck.consumer.http.Freshness;
import dev.puck.consumer.subscription.Subscription;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** When the caches of this process show what a token stands for. Thread-safe. */
final class TokenFreshness implements Freshness {
  private final Tokens tokens;
  private final Map<String, Subscription> subscriptions;

  /** For caches that are complete in this process, by name. */
  TokenFreshness(Tokens tokens, Map<String, Subscription> subscriptions) {
    this.tokens = tokens;
    this.subscriptions = Map.copyOf(subscriptions);
  }

  @Override
  public boolean knows(String cache) {
    return subscriptions.containsKey(cache);
  }

  @Override
  public CompletableFuture<Void> when(String cache, String token) {
    Subscription subscription = of(cache);
    return tokens.when(token, subscription.partitions(), subscription::whenReached);
  }

  @Override
  public String missing(String cache, String token) {
    if (!tokens.isPublished(token)) {
      return "it was not published in the last minutes; is the bridge running, and was the"
          + " transaction committed?";
    }
    @Nullable Long lag = of(cache).status().lag();
    return lag == null
        ? "the cache has not reached it"
        : "the cache has not reached it, with " + lag + " records to go";
  }

  private Subscription of(String cache) {
    @Nullable Subscription subscription = subscriptions.get(cache);
    if (subscription == null) {
      throw new IllegalArgumentException("No cache '" + cache + "' is complete in this process");
    }
    return subscription;
  }
}
