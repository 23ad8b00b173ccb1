package dev.puck.bridge.type;

/** {@code hstore}, as a string of a JSON object without white space. */
record HstoreMapping(ConnectType connectType) implements ValueMapping {
  static final HstoreMapping INSTANCE =
      new HstoreMapping(ConnectType.named(ConnectType.Kind.STRING, "io.debezium.data.Json"));

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    JsonBuffer object = new JsonBuffer(length);
    if (writeObject(bytes, offset, offset + length, object)) {
      json.string(object.bytes(), 0, object.size());
    } else {
      json.misfit(json.size()).string(bytes, offset, length);
    }
  }

  /** Of {@code "a"=>"1", "b"=>NULL}. */
  private static boolean writeObject(byte[] bytes, int from, int end, JsonBuffer object) {
    object.letter('{');
    int at = from;
    while (at < end) {
      int key = PartText.end(bytes, at, end);
      if (key < 0 || key + 2 >= end || bytes[key] != '=' || bytes[key + 1] != '>') {
        return false;
      }
      write(PartText.unescaped(bytes, at, key), object);
      object.letter(':');
      at = key + 2;
      if (bytes[at] == '"') {
        int value = PartText.end(bytes, at, end);
        if (value < 0) {
          return false;
        }
        write(PartText.unescaped(bytes, at, value), object);
        at = value;
      } else {
        object.raw("null");
        at += 4;
      }
      if (at + 1 < end) {
        object.letter(',');
        at += 2;
      }
    }
    object.letter('}');
    return at == end;
  }

  private static void write(JsonBuffer text, JsonBuffer object) {
    object.string(text.bytes(), 0, text.size());
  }
}
