package dev.puck.bridge.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.config.ConfigException;
import java.time.DateTimeException;
import java.util.function.Function;

/**
 * How far a source has been read; everything before it was read, and nothing after it.
 *
 * @param text the source's own spelling, opaque to everyone else; equal positions have equal texts
 */
public record Position(String text) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /** The one that a source spells so, as JSON; members that are null are left out. */
  public static Position of(Record wire) {
    try {
      return new Position(JSON.writeValueAsString(wire));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A position of texts cannot fail to become JSON", e);
    }
  }

  /**
   * What the source that spelled it makes of it.
   *
   * @param wire as it was given to {@link #of}
   * @throws ConfigException if this version cannot read it
   */
  public <W extends Record, T> T read(Class<W> wire, Function<W, T> meaning) {
    try {
      return meaning.apply(JSON.readValue(text, wire));
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | NullPointerException e) {
      throw unreadable(e);
    }
  }

  private ConfigException unreadable(Exception cause) {
    return new ConfigException(
        "The checkpoint's position is not one that this version reads: "
            + text
            + ". Begin anew: puck checkpoint reset --from earliest|now.",
        cause);
  }
}
