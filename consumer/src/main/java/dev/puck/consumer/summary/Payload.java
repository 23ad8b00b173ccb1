package dev.puck.consumer.summary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * An event and its payload, known to be one JSON value, so that payloads can be put together to an
 * array as they are.
 */
record Payload(IncomingEvent event, String json) {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  /** What stands in a text for bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * The payload of that event.
   *
   * @throws PoisonEventException if it is not JSON in UTF-8
   */
  static Payload of(IncomingEvent event) {
    byte[] bytes = event.payload();
    String json = decode(bytes);
    requireUtf8(bytes);
    try (JsonParser parser = JSON.createParser(bytes)) {
      requireOneValue(parser);
    } catch (JsonProcessingException e) {
      throw new PoisonEventException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Payload(event, json);
  }

  private static void requireOneValue(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new PoisonEventException("not JSON: empty");
    }
    parser.skipChildren();
    parser.finishToken();
    if (parser.nextToken() != null) {
      throw new PoisonEventException("not JSON: more than one value");
    }
  }

  /** The parser would read any other encoding as well, but the database would not. */
  private static void requireUtf8(byte[] bytes) {
    if (bytes.length > 1 && (bytes[0] < 0 || bytes[0] == 0 || bytes[1] == 0)) {
      throw new PoisonEventException("not JSON in UTF-8");
    }
  }

  /** A strict decoder takes longer; it is asked only where something may have been replaced. */
  private static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PoisonEventException("not UTF-8", e);
    }
  }
}
