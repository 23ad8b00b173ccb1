package dev.puck.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The value of a gap: changes between {@code from} and {@code to} may be missing from this
 * partition. It has a record in every partition of the topics concerned, all under {@link #KEY}.
 *
 * @param source the source that may have missed changes, such as {@code notify}
 * @param from the last moment known to be covered, by the bridge's clock
 * @param to the moment since which everything is covered again
 * @param reason what happened, in words for a person
 * @param channels the channels concerned
 */
public record GapEvent(
    String source, Instant from, Instant to, String reason, List<String> channels) {
  /** The reserved key of a gap: no key of a change begins with {@code puck:}. */
  public static final String KEY = "puck:gap";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public GapEvent {
    channels = List.copyOf(channels);
  }

  /** The event as JSON in UTF-8. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(
          new Wire(source, from.toString(), to.toString(), reason, channels));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A gap of texts cannot fail to become JSON", e);
    }
  }

  /**
   * The gap of that JSON.
   *
   * @throws IllegalArgumentException if the bytes are not a gap
   */
  public static GapEvent fromJson(byte[] json) {
    try {
      Wire wire = JSON.readValue(new String(json, StandardCharsets.UTF_8), Wire.class);
      return new GapEvent(
          wire.source,
          Instant.parse(wire.from),
          Instant.parse(wire.to),
          wire.reason,
          wire.channels);
    } catch (JsonProcessingException | java.time.DateTimeException | NullPointerException e) {
      throw new IllegalArgumentException("Not a gap: " + e.getMessage(), e);
    }
  }

  private record Wire(
      @JsonProperty("source") String source,
      @JsonProperty("from") String from,
      @JsonProperty("to") String to,
      @JsonProperty("reason") String reason,
      @JsonProperty("channels") List<String> channels) {}
}
