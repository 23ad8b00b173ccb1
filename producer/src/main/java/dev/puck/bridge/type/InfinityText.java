package dev.puck.bridge.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Dates, timestamps and intervals may be infinite. */
final class InfinityText {
  private static final byte[] POSITIVE = "infinity".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEGATIVE = "-infinity".getBytes(StandardCharsets.US_ASCII);

  private InfinityText() {}

  /** 1 or -1 for infinity, 0 for anything else. */
  static int sign(byte[] bytes, int offset, int length) {
    if (equals(POSITIVE, bytes, offset, length)) {
      return 1;
    }
    return equals(NEGATIVE, bytes, offset, length) ? -1 : 0;
  }

  private static boolean equals(byte[] text, byte[] bytes, int offset, int length) {
    return length == text.length && Arrays.equals(text, 0, length, bytes, offset, offset + length);
  }
}
