package dev.puck.bridge.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON in UTF-8, as it is written. Strings are escaped as PostgreSQL does. Used by one thread. */
public final class JsonBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 20;
  private static final int ESCAPED_BYTES = 6;
  private static final char ASCII_MAX = 0x7f;

  private byte[] bytes;
  private int size;
  private long misfits;

  /** An empty one; the capacity grows. */
  public JsonBuffer(int capacityInBytes) {
    bytes = new byte[Math.max(capacityInBytes, 16)];
  }

  /** Writes bytes that are JSON already. */
  public JsonBuffer raw(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** Writes JSON, such as {@code ,"ts_ms":}. */
  public JsonBuffer raw(String json) {
    reserve(json.length());
    for (int i = 0; i < json.length(); i++) {
      char letter = json.charAt(i);
      if (letter > ASCII_MAX) {
        byte[] source = json.getBytes(StandardCharsets.UTF_8);
        return raw(source, i, source.length - i);
      }
      bytes[size++] = (byte) letter;
    }
    return this;
  }

  /** Writes one byte of JSON. */
  public JsonBuffer letter(int letter) {
    reserve(1);
    bytes[size++] = (byte) letter;
    return this;
  }

  /** Writes a number. */
  public JsonBuffer number(long number) {
    if (number == Long.MIN_VALUE) {
      return raw(Long.toString(number));
    }
    reserve(MOST_DIGITS);
    if (number < 0) {
      bytes[size++] = '-';
    }
    long rest = Math.abs(number);
    int from = size;
    do {
      bytes[size++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    for (int low = from, high = size - 1; low < high; low++, high--) {
      byte digit = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = digit;
    }
    return this;
  }

  /** Writes a number with leading zeros. */
  JsonBuffer digits(int number, int width) {
    reserve(width);
    int rest = number;
    for (int at = size + width - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += width;
    return this;
  }

  /** Writes UTF-8 as a JSON string. */
  public JsonBuffer string(byte[] source, int offset, int length) {
    reserve(length + 2);
    bytes[size++] = '"';
    int from = offset;
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      byte each = source[at];
      if (each == '"' || each == '\\' || (each >= 0 && each < ' ')) {
        raw(source, from, at - from);
        escape(each);
        from = at + 1;
      }
    }
    return raw(source, from, end - from).letter('"');
  }

  /** Writes a JSON string. */
  public JsonBuffer string(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    return string(source, 0, source.length);
  }

  /** Writes a JSON string of bytes in base 64, with padding. */
  public JsonBuffer base64(byte[] source, int offset, int length) {
    reserve((length + 2) / 3 * 4 + 2);
    bytes[size++] = '"';
    int end = offset + length;
    for (int at = offset; at < end; at += 3) {
      int left = end - at;
      int group =
          (source[at] & 0xff) << 16
              | (left > 1 ? source[at + 1] & 0xff : 0) << 8
              | (left > 2 ? source[at + 2] & 0xff : 0);
      bytes[size++] = BASE64[group >> 18];
      bytes[size++] = BASE64[group >> 12 & 63];
      bytes[size++] = left > 1 ? BASE64[group >> 6 & 63] : (byte) '=';
      bytes[size++] = left > 2 ? BASE64[group & 63] : (byte) '=';
    }
    bytes[size++] = '"';
    return this;
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** Takes back what was written after there were so many bytes. */
  public JsonBuffer truncate(int newSize) {
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException("Cannot truncate %d bytes to %d".formatted(size, newSize));
    }
    size = newSize;
    return this;
  }

  /**
   * How many values were not of their type's form, and are written as they came: the type has
   * changed since it was loaded, which nobody tells. So who sees this go up loads the types again,
   * and maps the row once more: see {@link MisfitRetry}.
   */
  public long misfits() {
    return misfits;
  }

  /** Takes back what was written of a value that is not of its type's form. */
  JsonBuffer misfit(int sizeBefore) {
    misfits++;
    return truncate(sizeBefore);
  }

  /** What the bytes are in: the first {@link #size()}, until more is written. */
  public byte[] bytes() {
    return bytes;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was written, as text. */
  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void escape(byte each) {
    reserve(ESCAPED_BYTES);
    bytes[size++] = '\\';
    switch (each) {
      case '"', '\\' -> bytes[size++] = each;
      case '\b' -> bytes[size++] = 'b';
      case '\f' -> bytes[size++] = 'f';
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[each >> 4];
        bytes[size++] = HEX[each & 15];
      }
    }
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }
}
