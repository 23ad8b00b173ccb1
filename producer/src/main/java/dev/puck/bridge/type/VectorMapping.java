package dev.puck.bridge.type;

/** {@code int2vector} and {@code oidvector}, arrays whose text output parts numbers by a space. */
record VectorMapping(ArrayMapping array) implements ValueMapping {
  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    JsonBuffer text = new JsonBuffer(length + 2).letter('{').raw(bytes, offset, length);
    byte[] braced = text.letter('}').bytes();
    for (int at = 0; at < text.size(); at++) {
      if (braced[at] == ' ') {
        braced[at] = ',';
      }
    }
    array.writeText(braced, 0, text.size(), json);
  }

  @Override
  public ConnectType connectType() {
    return array.connectType();
  }
}
