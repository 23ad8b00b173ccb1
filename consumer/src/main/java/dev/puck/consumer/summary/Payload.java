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
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The payload of that event.
   *
   * @throws PoisonEventException if it is not JSON in UTF-8
   */
  static Payload of(IncomingEvent event) {
    String json = decode(event.payload());
    try (JsonParser parser = JSON.createParser(json)) {
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

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PoisonEventException("not UTF-8", e);
    }
  }
}
