package dev.puck.consumer.cache;

import dev.puck.consumer.projection.SourceSnapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks at the entries in memory. */
final class MemoryInspection implements Inspection {
  private final MemoryStore store;
  private final SourceSnapshot truth;
  private final Lifetime lifetime;

  MemoryInspection(MemoryStore store, SourceSnapshot truth, Lifetime lifetime) {
    this.store = store;
    this.truth = truth;
    this.lifetime = lifetime;
  }

  @Override
  public Map<String, Held> of(Collection<String> keys) {
    Map<String, Held> found = new HashMap<>();
    for (String key : keys) {
      @Nullable MemoryEntry entry = store.entry(key);
      if (entry != null) {
        found.put(key, entry.held(truth));
      }
    }
    return found;
  }

  @Override
  public void all(Predicate<String> wanted, Consumer<Map<String, Held>> some) {
    store.forEach(
        (key, entry) -> {
          if (wanted.test(key)) {
            some.accept(Map.of(key, entry.held(truth)));
          }
        });
  }

  @Override
  public boolean replace(String key, @Nullable Held was, byte @Nullable [] value) {
    return store.change(
        key,
        is -> isSame(is, was) ? MemoryEntry.of(is, value, truth, lifetime.end(value, truth)) : is);
  }

  /** An entry that has ended is none. */
  private boolean isSame(@Nullable MemoryEntry is, @Nullable Held was) {
    boolean isThere = is != null && !lifetime.isOver(is.end);
    if (is == null || !isThere || was == null) {
      return !isThere && was == null;
    }
    return is.held(truth).version().equals(was.version());
  }
}
