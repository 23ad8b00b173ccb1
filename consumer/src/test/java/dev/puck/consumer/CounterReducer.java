package dev.puck.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Reducer;
import org.jspecify.annotations.Nullable;

/** Sums a message's counters. */
public final class CounterReducer implements Reducer<Counters> {
  @Override
  public Class<Counters> type() {
    return Counters.class;
  }

  @Override
  public Counters apply(@Nullable Counters current, JsonNode event) {
    if (!event.path("messageid").isIntegralNumber()) {
      throw new PoisonEventException("messageid is missing");
    }
    Counters before = current == null ? Counters.NONE : current;
    return before.plus(event.path("rts").asLong(), event.path("favs").asLong());
  }
}
