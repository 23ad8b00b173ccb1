package dev.puck.consumer.http;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** A cache, as a reader sees it. Thread-safe. */
public interface CacheView {
  /**
   * The values of those keys that have one.
   *
   * @throws UnreadableException if it cannot be read now
   */
  Map<String, CacheValue> get(Collection<String> keys);

  /** Whether what it answers has been up to date once. Never blocks. */
  boolean isReadable();

  /** Why it is not readable, such as {@code warming: 1200 records to go}. Never blocks. */
  String explanation();

  /** How long ago it knew last that it was up to date. Never blocks. */
  Duration age();
}
