package dev.puck.consumer.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.projection.Alignable;
import dev.puck.consumer.projection.StalledException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the truth's rows to an alignment. Owned by one thread. */
final class TruthAligner implements Alignable.Aligner {
  private static final Logger LOGGER = LoggerFactory.getLogger(TruthAligner.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String cache;
  private final Alignment alignment;
  private final Runnable onEnd;

  TruthAligner(String cache, Alignment alignment, Runnable onEnd) {
    this.cache = cache;
    this.alignment = alignment;
    this.onEnd = onEnd;
  }

  @Override
  public void add(List<String> rows) {
    List<TruthRow> parsed = new ArrayList<>(rows.size());
    for (String row : rows) {
      parsed.add(parse(row));
    }
    alignment.rows(parsed);
  }

  @Override
  public void finish() {
    Alignment.Result result = alignment.finish();
    onEnd.run();
    LOGGER
        .atInfo()
        .addKeyValue("cache", cache)
        .addKeyValue("replaced", result.replaced())
        .addKeyValue("newer", result.newer())
        .addKeyValue("removed", result.removed())
        .log("Cache is in line with the truth");
  }

  private static TruthRow parse(String row) {
    try {
      JsonNode json = JSON.readTree(row);
      @Nullable JsonNode key = json.get("key");
      @Nullable JsonNode value = json.get("value");
      if (key == null || key.isNull() || value == null || value.isNull()) {
        throw new StalledException(
            "The truth gave a row without key or value: "
                + row
                + ". Its columns must be key and value.",
            new IllegalStateException());
      }
      return new TruthRow(key.asText(), JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new StalledException("The truth gave what is no JSON: " + row, e);
    }
  }
}
