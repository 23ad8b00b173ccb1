package dev.puck.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.Reducer;
import org.jspecify.annotations.Nullable;

/** Has a defect that shows at every event. */
public final class DefectiveReducer implements Reducer<Counters> {
  @Override
  public Class<Counters> type() {
    return Counters.class;
  }

  @Override
  public Counters apply(@Nullable Counters current, JsonNode event) {
    throw new UnsupportedOperationException("not written yet");
  }
}
