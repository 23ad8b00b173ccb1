package dev.puck.bridge.type;

/** Arrays of any number of dimensions, as JSON arrays within each other. */
record ArrayMapping(ValueMapping element, char delimiter) implements ValueMapping {
  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!ArrayText.parse(bytes, offset, length, delimiter, new Writer(element, json))) {
      json.misfit(size).string(bytes, offset, length);
    }
  }

  /** Kafka Connect's arrays are of one dimension, and a schema cannot tell how many there are. */
  @Override
  public ConnectType connectType() {
    return ConnectType.arrayOf(element.connectType());
  }

  private static final class Writer extends JsonBrackets {
    private final ValueMapping element;

    Writer(ValueMapping element, JsonBuffer json) {
      super(json);
      this.element = element;
    }

    @Override
    public void value(byte[] source, int offset, int length) {
      element.writeText(source, offset, length, json);
    }
  }
}
