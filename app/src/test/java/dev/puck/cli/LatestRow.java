package dev.puck.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.Reducer;
import org.jspecify.annotations.Nullable;

/** Folds a table's events to the latest row of each key. */
public final class LatestRow implements Reducer<LatestRow.Row> {
  /**
   * What is known of a key.
   *
   * @param row null once it is deleted
   */
  public record Row(@Nullable JsonNode row) {}

  @Override
  public Class<Row> type() {
    return Row.class;
  }

  @Override
  public Row apply(@Nullable Row current, JsonNode event) {
    JsonNode after = event.path("after");
    return new Row(after.isObject() ? after : null);
  }
}
