package dev.puck.bridge.type;

/** A type whose values have no parts. */
record ScalarMapping(ScalarWriter writer, ConnectType connectType) implements ValueMapping {
  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!writer.write(bytes, offset, length, json)) {
      json.misfit(size).string(bytes, offset, length);
    }
  }
}
