package dev.puck.consumer.freshness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The tokens that were published in the last minutes, and who waits for others. Thread-safe. */
final class TokenLog {
  /** How long a token is known; who asks later is not told any more. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private static final int MOST = 1_000_000;

  private final Map<String, Long> seen = new LinkedHashMap<>();
  private final Map<String, List<CompletableFuture<Void>>> waiting = new HashMap<>();

  /** These are published, and so is all that they stand for. */
  void add(Collection<String> tokens) {
    long now = System.nanoTime();
    List<CompletableFuture<Void>> heard = new ArrayList<>();
    synchronized (this) {
      for (String token : tokens) {
        seen.putIfAbsent(token, now);
        @Nullable List<CompletableFuture<Void>> those = waiting.remove(token);
        if (those != null) {
          heard.addAll(those);
        }
      }
      forgetOld(now);
    }
    heard.forEach(each -> each.complete(null));
  }

  /** Done once the token is published; whoever gives up cancels it, or lets it time out. */
  synchronized CompletableFuture<Void> when(String token) {
    if (seen.containsKey(token)) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> published = new CompletableFuture<>();
    waiting.computeIfAbsent(token, any -> new ArrayList<>(1)).add(published);
    return published;
  }

  /** Nobody waits for it there any more. */
  synchronized void forget(String token, CompletableFuture<Void> published) {
    @Nullable List<CompletableFuture<Void>> those = waiting.get(token);
    if (those != null) {
      those.removeIf(each -> each == published);
      if (those.isEmpty()) {
        waiting.remove(token);
      }
    }
  }

  synchronized boolean isPublished(String token) {
    return seen.containsKey(token);
  }

  private void forgetOld(long now) {
    Iterator<Long> oldest = seen.values().iterator();
    while (oldest.hasNext() && (now - oldest.next() > KEPT.toNanos() || seen.size() > MOST)) {
      oldest.remove();
    }
  }
}
