package dev.puck.bridge.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code json} and {@code jsonb}, as a string of the document as PostgreSQL has it, without white
 * space around it. The document {@code null} is null.
 */
record JsonMapping(ConnectType connectType) implements ValueMapping {
  static final JsonMapping INSTANCE =
      new JsonMapping(ConnectType.named(ConnectType.Kind.STRING, "io.debezium.data.Json"));

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int end = offset + length;
    int from = offset;
    while (from < end && isSpace(bytes[from])) {
      from++;
    }
    while (end > from && isSpace(bytes[end - 1])) {
      end--;
    }
    if (isNull(bytes, from, end - from)) {
      json.raw("null");
    } else {
      json.string(bytes, from, end - from);
    }
  }

  private static boolean isSpace(byte letter) {
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
  }

  private static boolean isNull(byte[] bytes, int offset, int length) {
    return length == NULL.length && Arrays.equals(NULL, 0, length, bytes, offset, offset + length);
  }
}
