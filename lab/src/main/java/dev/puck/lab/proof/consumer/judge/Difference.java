package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.check.Finding;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts in what something differs from what it must be. */
final class Difference {
  private final String check;
  private long count;
  private @Nullable String example;

  /**
   * @param check its name, as in the report
   */
  Difference(String check) {
    this.check = check;
  }

  /** Counts the keys of which they do not say the same. */
  <K, V> void add(String where, Map<K, V> wanted, Map<K, V> found) {
    Set<K> keys = new HashSet<>(wanted.keySet());
    keys.addAll(found.keySet());
    for (K key : keys) {
      if (!Objects.equals(wanted.get(key), found.get(key))) {
        add(where + " has of " + key + ": " + found.get(key) + ", and not " + wanted.get(key));
      }
    }
  }

  /** One more. */
  void add(String what) {
    count++;
    example = example == null ? what : example;
  }

  Finding finding() {
    return new Finding(check, count, example);
  }
}
