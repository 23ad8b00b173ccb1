package dev.puck.bridge.type;

/**
 * How values of one type become JSON. What is not of the type's form is passed on as it is, and
 * counted: see {@link JsonBuffer#misfits()}.
 *
 * <p>Immutable; may be used by several threads.
 */
public interface ValueMapping {
  /**
   * Writes a value that is not null.
   *
   * @param bytes hold its type's text output in UTF-8, under {@link OutputSettings}
   * @param offset where it begins
   * @param length how many bytes it has
   */
  void writeText(byte[] bytes, int offset, int length, JsonBuffer json);

  /** What Kafka Connect's schema says of it. */
  ConnectType connectType();
}
