package dev.puck.consumer.cache;

import dev.puck.consumer.projection.Sample;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The truth's rows that are in a sample: those of the lowest ranks. So of any other key, too, can
 * be told whether it is in. Owned by one thread.
 */
final class SampledTruth {
  private final Sample sample;
  private final Map<String, byte[]> rows = new HashMap<>();
  private final PriorityQueue<Ranked> highest =
      new PriorityQueue<>(Comparator.comparingLong(Ranked::rank).reversed());

  /** Ranks from here on are out; no rank is beyond that of the last. */
  private long bound = Long.MAX_VALUE;

  private record Ranked(long rank, String key) {}

  SampledTruth(Sample sample) {
    this.sample = sample;
  }

  void add(TruthRow row) {
    if (!has(row.key()) || rows.put(row.key(), row.value()) != null || sample.keys() == null) {
      return;
    }
    highest.add(new Ranked(sample.rank(row.key()), row.key()));
    while (highest.size() > sample.keys()) {
      bound = highest.element().rank();
      while (!highest.isEmpty() && highest.element().rank() >= bound) {
        rows.remove(highest.remove().key());
      }
    }
  }

  /** Whether the key is in the sample, be it in the truth or not; final after the last row. */
  boolean has(String key) {
    return bound == Long.MAX_VALUE || sample.rank(key) < bound;
  }

  /** Value by key. */
  Map<String, byte[]> rows() {
    return rows;
  }
}
