package dev.puck.bridge.source.wal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.wal.pgoutput.Slice;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a logical message holds whose prefix is {@code puck:} and a channel: a JSON object with the
 * arguments of {@code puck.publish}, {@code {"payload": "…", "key": "…", "headers": {"…": "…"}}}.
 * All values are strings, the payload's as it goes to Kafka; without payload, what is downstream
 * under the key is deleted. What is none becomes a dead letter.
 */
final class MessageFrame {
  private static final String PREFIX = "puck:";
  private static final Set<String> MEMBERS = Set.of("payload", "key", "headers");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private MessageFrame() {}

  /** Whether a message of that prefix is one for us. */
  static boolean isOurs(String prefix) {
    return prefix.startsWith(PREFIX);
  }

  /** The message, or what it is and why it is none. */
  static Message read(String prefix, Slice content, Instant at, Origin origin) {
    String channel = prefix.substring(PREFIX.length());
    try {
      return read(channel, JSON.readTree(content.array(), content.offset(), content.length()))
          .from(channel, at, origin);
    } catch (IOException | IllegalArgumentException e) {
      String defect =
          "the logical message is no frame of puck.publish ("
              + (e instanceof IOException ? "it is not JSON" : e.getMessage())
              + ")";
      Utf8 whole = Utf8.wrap(content.toByteArray());
      return new Message(channel, whole, null, Map.of(), at, origin, defect);
    }
  }

  private static Frame read(String channel, @Nullable JsonNode frame) {
    require(!channel.isEmpty(), "it names no channel");
    if (frame == null || !frame.isObject()) {
      throw new IllegalArgumentException("it is no object");
    }
    for (Iterator<String> names = frame.fieldNames(); names.hasNext(); ) {
      require(MEMBERS.contains(names.next()), "it has other members than payload, key, headers");
    }
    @Nullable String payload = text(frame, "payload");
    @Nullable String key = text(frame, "key");
    require(payload != null || key != null, "it has neither payload nor key");
    return new Frame(payload, key, headers(frame.path("headers")));
  }

  private static Map<String, String> headers(JsonNode headers) {
    Map<String, String> texts = new HashMap<>();
    require(
        headers.isObject() || headers.isNull() || headers.isMissingNode(),
        "its headers are no object");
    headers
        .properties()
        .forEach(
            header -> {
              require(header.getValue().isTextual(), "a header is no string");
              require(!header.getKey().startsWith("puck."), "a header's name begins with puck.");
              texts.put(header.getKey(), header.getValue().textValue());
            });
    return texts;
  }

  private static @Nullable String text(JsonNode frame, String name) {
    JsonNode value = frame.path(name);
    require(value.isTextual() || value.isNull() || value.isMissingNode(), name + " is no string");
    return value.textValue();
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private record Frame(
      @Nullable String payload, @Nullable String key, Map<String, String> headers) {
    Message from(String channel, Instant at, Origin origin) {
      return new Message(
          channel, payload == null ? null : Utf8.of(payload), key, headers, at, origin);
    }
  }
}
