package dev.puck.consumer.http;

import org.jspecify.annotations.Nullable;

/** A cache, as a reader sees it. Thread-safe; never blocks. */
public interface CacheView {
  /** The value, which Jackson can write; null if there is none for the key. */
  @Nullable Object get(String key);

  /** Whether what it answers has been up to date once. */
  boolean isReadable();

  /** Why it is not readable, such as {@code warming: 1200 records to go}. */
  String explanation();
}
