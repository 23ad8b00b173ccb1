package dev.puck.consumer.reducer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Reducer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds events into values by key. */
final class Fold<V> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Reducer<V> reducer;

  Fold(Reducer<V> reducer) {
    this.reducer = reducer;
  }

  /** The class of the values. */
  Class<V> type() {
    return reducer.type();
  }

  /**
   * Changes the value of the event's key.
   *
   * @throws PoisonEventException if it has no key, is not JSON, or the reducer refuses it
   */
  void into(Map<String, V> values, IncomingEvent event) {
    byte @Nullable [] key = event.key();
    if (key == null) {
      throw new PoisonEventException("no key to keep a value under");
    }
    JsonNode payload = parse(event.payload());
    String text = new String(key, StandardCharsets.UTF_8);
    values.put(text, reducer.apply(values.get(text), payload));
  }

  private static JsonNode parse(byte[] payload) {
    JsonNode json;
    try {
      json = JSON.readTree(payload);
    } catch (IOException e) {
      throw new PoisonEventException("not JSON: " + e.getMessage(), e);
    }
    if (json.isMissingNode()) {
      throw new PoisonEventException("not JSON: empty");
    }
    return json;
  }
}
