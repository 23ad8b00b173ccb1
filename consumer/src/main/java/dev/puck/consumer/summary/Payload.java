package dev.puck.consumer.summary;

import dev.puck.consumer.json.JsonSlice;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * An event and what the statement can see of its payload, known to be one JSON value, so that
 * payloads can be put together to an array as they are.
 */
record Payload(IncomingEvent event, String json) {
  /** What stands in a text for bytes that are not UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * The whole payload of that event.
   *
   * @throws PoisonEventException if it is not JSON in UTF-8
   */
  static Payload of(IncomingEvent event) {
    byte[] bytes = event.payload();
    String json = decode(bytes);
    JsonSlice.check(bytes);
    return new Payload(event, json);
  }

  /**
   * An object of those members of the payload, as they are: a database takes much longer to read
   * what nobody uses than we take to leave it out.
   *
   * @throws PoisonEventException if the payload is no JSON object, or these are not UTF-8
   */
  static Payload of(IncomingEvent event, MemberNames used) {
    byte[] bytes = event.payload();
    ByteArrayOutputStream object = new ByteArrayOutputStream(bytes.length);
    object.write('{');
    JsonSlice.whole(bytes)
        .read(
            (name, parser, value) -> {
              byte[] quoted = used.quoted(name);
              if (quoted != null) {
                if (object.size() > 1) {
                  object.write(',');
                }
                object.writeBytes(quoted);
                object.write(bytes, value.begin(), value.length());
              }
            });
    object.write('}');
    return new Payload(event, decode(object.toByteArray()));
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
