package dev.puck.bridge.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code json} and {@code jsonb}, as a string of the document as PostgreSQL has it, without white
 * space around it. The document {@code null} is null: {@code row_to_json} does not tell the two
 * apart.
 */
record JsonMapping(ConnectType connectType) implements ValueMapping {
  static final JsonMapping INSTANCE =
      new JsonMapping(ConnectType.named(ConnectType.Kind.STRING, "io.debezium.data.Json"));

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int end = offset + length;
    int from = JsonText.skipSpace(bytes, offset, end);
    while (end > from && JsonText.isSpace(bytes[end - 1])) {
      end--;
    }
    writeJson(bytes, from, end - from, json);
  }

  @Override
  public void writeJson(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (isNull(bytes, offset, length)) {
      json.raw("null");
    } else {
      json.string(bytes, offset, length);
    }
  }

  static boolean isNull(byte[] bytes, int offset, int length) {
    return length == NULL.length && Arrays.equals(NULL, 0, length, bytes, offset, offset + length);
  }
}
