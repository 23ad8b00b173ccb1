package dev.puck.bridge.type;

/**
 * A type whose values have no parts. {@code row_to_json} writes them as their text output, as a
 * string or, where that is one, as a number or boolean.
 */
record ScalarMapping(ScalarWriter writer, ConnectType connectType) implements ValueMapping {
  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!writer.write(bytes, offset, length, json)) {
      json.misfit(size).string(bytes, offset, length);
    }
  }

  @Override
  public void writeJson(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!write(bytes, offset, length, json)) {
      json.misfit(size).raw(bytes, offset, length);
    }
  }

  private boolean write(byte[] bytes, int offset, int length, JsonBuffer json) {
    return switch (bytes[offset]) {
      case 'n', '{', '[' -> false;
      case '"' -> writeString(bytes, offset, length, json);
      default -> writer.write(bytes, offset, length, json);
    };
  }

  private boolean writeString(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (!JsonText.hasEscape(bytes, offset, length)) {
      return writer.write(bytes, offset + 1, length - 2, json);
    }
    JsonBuffer text = JsonText.unescaped(bytes, offset, length);
    return writer.write(text.bytes(), 0, text.size(), json);
  }
}
