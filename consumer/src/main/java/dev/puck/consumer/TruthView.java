package dev.puck.consumer;

import dev.puck.consumer.cache.TruthRow;
import dev.puck.consumer.http.CacheValue;
import dev.puck.consumer.http.CacheView;
import dev.puck.consumer.http.UnreadableException;
import dev.puck.consumer.projection.StalledException;
import dev.puck.consumer.resync.Truth;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** What a cache should have, read from the source at each request. Thread-safe. */
final class TruthView implements CacheView {
  /** The source is not to be flooded by those who pass the cache by. */
  private static final int MOST_READERS = 4;

  private final Truth truth;
  private final Semaphore readers = new Semaphore(MOST_READERS);

  TruthView(Truth truth) {
    this.truth = truth;
  }

  @Override
  public Map<String, CacheValue> get(Collection<String> keys) {
    if (!readers.tryAcquire()) {
      throw new UnreadableException(
          MOST_READERS + " others read the truth now, which is as many as the source is asked by");
    }
    try {
      Map<String, CacheValue> values = new HashMap<>();
      for (String row : truth.find(keys)) {
        TruthRow found = TruthRow.parse(row);
        values.put(found.key(), CacheValue.ofJson(found.value(), null));
      }
      return values;
    } catch (StalledException | TransientException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()), e);
    } finally {
      readers.release();
    }
  }

  @Override
  public boolean isReadable() {
    return true;
  }

  @Override
  public String explanation() {
    return "serving";
  }

  @Override
  public Duration age() {
    return Duration.ZERO;
  }
}
