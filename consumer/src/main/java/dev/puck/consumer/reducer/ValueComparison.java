package dev.puck.consumer.reducer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Divergence;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares values by key. */
final class ValueComparison {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ValueComparison() {}

  /** What is served, with what must be. */
  static <V> Comparison of(Map<String, V> served, Map<String, V> truth) {
    Set<String> keys = new HashSet<>(served.keySet());
    keys.addAll(truth.keySet());
    long divergent = 0;
    @Nullable String first = null;
    for (String key : keys) {
      if (!isSame(served.get(key), truth.get(key))) {
        divergent++;
        first = first == null || key.compareTo(first) < 0 ? key : first;
      }
    }
    return new Comparison(
        keys.size(),
        divergent,
        first == null
            ? null
            : new Divergence(first, json(served.get(first)), json(truth.get(first))));
  }

  /** A class without an {@code equals} of its own is compared by what readers see of it. */
  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one == null || other == null) {
      return one == other;
    }
    return Objects.equals(one, other) || tree(one).equals(tree(other));
  }

  private static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  private static @Nullable String json(@Nullable Object value) {
    return value == null ? null : tree(value).toString();
  }
}
