package dev.puck.bridge.type;

/** A type whose text output is the JSON string. */
record StringMapping(ConnectType connectType) implements ValueMapping {
  static final StringMapping PLAIN = new StringMapping(ConnectType.plain(ConnectType.Kind.STRING));

  static StringMapping named(String name) {
    return new StringMapping(ConnectType.named(ConnectType.Kind.STRING, name));
  }

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    json.string(bytes, offset, length);
  }
}
