package dev.puck.bridge.source.wal.pgoutput;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the parts of one message, and sees that they are there. Used by one thread. */
final class MessageReader {
  private static final long MICROS_FROM_1970_TO_2000 = 946_684_800_000_000L;

  private final byte[] array;
  private final int start;
  private final int end;
  private int at;
  private int type;

  MessageReader(ByteBuffer message) {
    if (message.hasArray()) {
      array = message.array();
      start = message.arrayOffset() + message.position();
    } else {
      array = new byte[message.remaining()];
      message.duplicate().get(array);
      start = 0;
    }
    at = start;
    end = start + message.remaining();
  }

  /** The letter at the beginning of the message. */
  int readType() {
    type = readByte();
    return type;
  }

  int readByte() {
    require(1);
    return array[at++] & 0xff;
  }

  int readShort() {
    require(2);
    return (array[at++] & 0xff) << 8 | (array[at++] & 0xff);
  }

  int readInt() {
    return readShort() << 16 | readShort();
  }

  long readUnsignedInt() {
    return Integer.toUnsignedLong(readInt());
  }

  long readLong() {
    return (long) readInt() << 32 | readUnsignedInt();
  }

  /** Microseconds since 1970. */
  long readTime() {
    return readLong() + MICROS_FROM_1970_TO_2000;
  }

  /** How many bytes follow. */
  int readLength() {
    int length = readInt();
    if (length < 0) {
      throw malformed("a length of " + length);
    }
    return length;
  }

  /** A text that a zero byte ends. */
  String readString() {
    int from = at;
    while (at < end && array[at] != 0) {
      at++;
    }
    if (at == end) {
      throw malformed("a text without end");
    }
    return new String(array, from, at++ - from, StandardCharsets.UTF_8);
  }

  /** Goes beyond so many bytes, and returns where they begin in {@link #array()}. */
  int skip(int length) {
    require(length);
    int from = at;
    at += length;
    return from;
  }

  /** What all offsets are meant in. */
  byte[] array() {
    return array;
  }

  void requireEnd() {
    if (at < end) {
      throw malformed((end - at) + " bytes too many");
    }
  }

  MalformedMessageException malformed(String problem) {
    return new MalformedMessageException(type, at - start, problem);
  }

  /** A byte for a person to read. */
  static String shown(int code) {
    return code > ' ' && code < 0x7f ? "'" + (char) code + "'" : "0x%02x".formatted(code);
  }

  private void require(int length) {
    if (end - at < length) {
      throw malformed("%d bytes are missing".formatted(length - (end - at)));
    }
  }
}
