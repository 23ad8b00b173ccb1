package dev.puck.bridge.type;

/** Maps each element of a JSON array. */
final class JsonElements {
  private JsonElements() {}

  static void write(byte[] bytes, int offset, int length, ValueMapping element, JsonBuffer json) {
    int end = offset + length - 1;
    json.letter('[');
    int at = JsonText.skipSpace(bytes, offset + 1, end);
    while (at < end) {
      int after = JsonText.end(bytes, at, end);
      if (JsonMapping.isNull(bytes, at, after - at)) {
        json.raw("null");
      } else {
        element.writeJson(bytes, at, after - at, json);
      }
      at = JsonText.skipSpace(bytes, after, end);
      if (at < end) {
        json.letter(',');
        at = JsonText.skipSpace(bytes, at + 1, end);
      }
    }
    json.letter(']');
  }
}
