package dev.puck.bridge.source.wal.pgoutput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes within an array, which is not copied.
 *
 * @param array must not be changed
 * @param offset of the first byte
 * @param length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // A window: compared by nobody.
public record Slice(byte[] array, int offset, int length) {
  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes, read as UTF-8. */
  public String text() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }
}
