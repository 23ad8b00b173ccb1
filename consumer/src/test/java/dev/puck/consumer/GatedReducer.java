package dev.puck.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.Reducer;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Folds nothing until the test opens the gate; so a cache stays warming. */
public final class GatedReducer implements Reducer<Counters> {
  static final CountDownLatch GATE = new CountDownLatch(1);

  private final CounterReducer counters = new CounterReducer();

  @Override
  public Class<Counters> type() {
    return counters.type();
  }

  @Override
  public Counters apply(@Nullable Counters current, JsonNode event) {
    try {
      GATE.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return counters.apply(current, event);
  }
}
