package dev.puck.bridge.relay;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 text that grows, in an array that is used again. Not thread-safe. */
final class Utf8Buffer {
  private static final int MAX_DIGITS = 20;

  private byte[] bytes = new byte[1024];
  private int length;

  /** The text's bytes. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text as JSON has it, with its quotes. */
  static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Makes it empty. */
  Utf8Buffer clear() {
    length = 0;
    return this;
  }

  Utf8Buffer append(byte[] text) {
    return append(text, text.length);
  }

  /** The first bytes of a text. */
  Utf8Buffer append(byte[] text, int count) {
    reserve(count);
    System.arraycopy(text, 0, bytes, length, count);
    length += count;
    return this;
  }

  /** A number in decimal. */
  Utf8Buffer append(long number) {
    if (number < 0) {
      return append(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
    reserve(MAX_DIGITS);
    int begin = length;
    long rest = number;
    do {
      bytes[length++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    reverse(begin, length - 1);
    return this;
  }

  /** A copy of what it holds. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void reverse(int first, int last) {
    for (int i = first, j = last; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
