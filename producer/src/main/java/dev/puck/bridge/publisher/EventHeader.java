package dev.puck.bridge.publisher;

import java.nio.charset.StandardCharsets;

/**
 * A record's header. Whoever holds it must not change its array.
 *
 * @param value UTF-8 text
 */
@SuppressWarnings("ArrayRecordComponent") // As many records bear the same one, it is encoded once.
public record EventHeader(String name, byte[] value) {
  /** One with that text. */
  public static EventHeader of(String name, String text) {
    return new EventHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Its value as text. */
  public String text() {
    return new String(value, StandardCharsets.UTF_8);
  }
}
