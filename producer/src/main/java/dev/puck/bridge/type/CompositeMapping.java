package dev.puck.bridge.type;

/** Composite types, as JSON objects. One that has got other attributes since stays as it is. */
record CompositeMapping(RowMapping attributes, ConnectType connectType) implements ValueMapping {
  CompositeMapping(RowMapping attributes) {
    this(attributes, typeOf(attributes));
  }

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!RecordText.write(attributes, bytes, offset, length, json, null)) {
      json.misfit(size).string(bytes, offset, length);
    }
  }

  private static ConnectType typeOf(RowMapping attributes) {
    return ConnectType.struct(
        attributes.columns().stream()
            .map(each -> new ConnectType.Field(each.name(), each.mapping().connectType()))
            .toList());
  }
}
