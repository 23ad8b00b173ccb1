package dev.puck.consumer.reducer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.projection.AuditShadow;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.consumer.projection.StalledException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A reducer's values being built anew in memory. */
final class ReducerShadow<V> implements AuditShadow {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final ReducerProjection<V> projection;
  private final Fold<V> fold;
  private final Map<String, V> was;
  private final long replays;
  private final Map<String, V> values = new ConcurrentHashMap<>();

  /**
   * @param was what is served when it is begun
   */
  ReducerShadow(ReducerProjection<V> projection, Fold<V> fold, Map<String, V> was) {
    this.projection = projection;
    this.fold = fold;
    this.was = was;
    this.replays = projection.replays();
  }

  @Override
  public Map<TopicPartition, Long> served() {
    return projection.served();
  }

  @Override
  public void add(List<String> rows) {
    rows.forEach(this::add);
  }

  @Override
  public void apply(List<IncomingEvent> events) {
    for (IncomingEvent event : events) {
      try {
        fold.into(values, event);
      } catch (PoisonEventException ignored) {
        // The projection itself has made it a dead letter, or will.
      }
    }
  }

  @Override
  public Comparison compare(CatchUp catchUp) {
    return projection.compare(served -> catchUp.to(served, this::apply), values, replays, was);
  }

  @Override
  public void swap(SourceSnapshot truth, CatchUp catchUp) {
    projection.swap(served -> catchUp.to(served, this::apply), values, replays, truth);
  }

  @Override
  public void close() {}

  private void add(String row) {
    try {
      JsonNode json = JSON.readTree(row);
      values.put(text(json, row), JSON.treeToValue(json.path("value"), fold.type()));
    } catch (JsonProcessingException e) {
      throw new StalledException(
          "The truth gave a value that is no "
              + fold.type().getSimpleName()
              + ": "
              + e.getOriginalMessage()
              + ". Its columns must be key and value.",
          e);
    }
  }

  private static String text(JsonNode json, String row) {
    @Nullable JsonNode key = json.get("key");
    if (key == null
        || key.isNull()
        || json.path("value").isMissingNode()
        || json.path("value").isNull()) {
      throw new StalledException(
          "The truth gave a row without key or value: "
              + row
              + ". Its columns must be key and value.",
          new IllegalStateException());
    }
    return key.asText();
  }
}
