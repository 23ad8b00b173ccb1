package dev.puck.bridge.relay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.source.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a record's key out of a JSON payload. */
final class MessageKey {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          // Else 10.0 would become 1E+1.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Of the records that speak about the stream, such as a gap. */
  private static final String RESERVED = "puck:";

  private MessageKey() {}

  /**
   * What stands at {@code pointer}: a text or a number as it is, an object or a list as JSON.
   *
   * @throws UnroutableException if the payload is not JSON, or has nothing there, or what is
   *     reserved; its message holds nothing of the payload
   */
  static byte[] of(Utf8 payload, JsonPointer pointer) throws UnroutableException {
    JsonNode value = parse(payload).at(pointer);
    if (value.isMissingNode() || value.isNull()) {
      throw new UnroutableException("the payload has no value at " + pointer + " for the key");
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    if (text.startsWith(RESERVED)) {
      throw new UnroutableException(
          "the key at " + pointer + " begins with " + RESERVED + ", which is reserved");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A key that came with the message.
   *
   * @throws UnroutableException if it is reserved
   */
  static byte[] given(String key) throws UnroutableException {
    if (key.startsWith(RESERVED)) {
      throw new UnroutableException(
          "the message's key begins with " + RESERVED + ", which is reserved");
    }
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode parse(Utf8 payload) throws UnroutableException {
    try {
      JsonNode tree = JSON.readTree(payload.bytes());
      if (tree.isMissingNode()) {
        throw new UnroutableException("the payload is empty, and the route wants a key from it");
      }
      return tree;
    } catch (IOException e) {
      throw new UnroutableException(
          "the payload is not JSON" + where(e) + ", and the route wants a key from it");
    }
  }

  private static String where(IOException e) {
    @Nullable JsonLocation location =
        e instanceof JsonProcessingException json ? json.getLocation() : null;
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
