package dev.puck.bridge.type;

/** Composite types, as JSON objects. One that has got other attributes since stays as it is. */
record CompositeMapping(RowMapping attributes, ConnectType connectType) implements ValueMapping {
  CompositeMapping(RowMapping attributes) {
    this(attributes, typeOf(attributes));
  }

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!writeObject(bytes, offset, offset + length, json)) {
      json.misfit(size).string(bytes, offset, length);
    }
  }

  @Override
  public void writeJson(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (bytes[offset] == '{') {
      attributes.writeJson(bytes, offset, length, json);
    } else {
      json.misfit(json.size()).raw(bytes, offset, length);
    }
  }

  /** Of {@code (1,"b c",)}. */
  private boolean writeObject(byte[] bytes, int from, int end, JsonBuffer json) {
    int limit = end - 1;
    if (end - from < 2 || bytes[from] != '(' || bytes[limit] != ')') {
      return false;
    }
    json.letter('{');
    int at = from + 1;
    for (int column = 0; column < attributes.columns().size(); column++) {
      if (column > 0) {
        if (at >= limit || bytes[at++] != ',') {
          return false;
        }
        json.letter(',');
      }
      attributes.writeName(column, json);
      at = writeValue(column, bytes, at, limit, json);
      if (at < 0) {
        return false;
      }
    }
    json.letter('}');
    return at == limit;
  }

  /** Returns where the value ends; -1 if it does not. */
  private int writeValue(int column, byte[] bytes, int from, int limit, JsonBuffer json) {
    if (from == limit || bytes[from] == ',') {
      json.raw("null");
      return from;
    }
    if (bytes[from] != '"') {
      int end = from;
      while (end < limit && bytes[end] != ',') {
        end++;
      }
      attributes.writeText(column, bytes, from, end - from, json);
      return end;
    }
    int end = PartText.end(bytes, from, limit);
    if (end > 0) {
      JsonBuffer text = PartText.unescaped(bytes, from, end);
      attributes.writeText(column, text.bytes(), 0, text.size(), json);
    }
    return end;
  }

  private static ConnectType typeOf(RowMapping attributes) {
    return ConnectType.struct(
        attributes.columns().stream()
            .map(each -> new ConnectType.Field(each.name(), each.mapping().connectType()))
            .toList());
  }
}
