package dev.puck.bridge.type;

/** Writes values of one type that have no parts, from their text output. */
@FunctionalInterface
interface ScalarWriter {
  /**
   * Writes one value.
   *
   * @return false if the text is not of the type's form; what was written then is taken back
   */
  boolean write(byte[] bytes, int offset, int length, JsonBuffer json);
}
