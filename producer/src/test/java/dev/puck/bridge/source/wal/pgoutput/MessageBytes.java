package dev.puck.bridge.source.wal.pgoutput;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Messages by hand. */
final class MessageBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream data = new DataOutputStream(bytes);

  static MessageBytes of(char type) {
    return new MessageBytes().letter(type);
  }

  /** A table public.t with a key and one more column of type text. */
  static MessageBytes relation(int oid) {
    return of('R')
        .int32(oid)
        .string("public")
        .string("t")
        .letter('d')
        .int16(2)
        .column(1, "id", 23, -1)
        .column(0, "näme \"x\"", 1043, 24);
  }

  MessageBytes column(int flags, String name, int type, int typmod) {
    return int8(flags).string(name).int32(type).int32(typmod);
  }

  /** A tuple of these values: null as null, {@code ?} as unchanged. */
  MessageBytes tuple(char kind, @Nullable String... values) {
    letter(kind).int16(values.length);
    for (String value : values) {
      if (value == null) {
        letter('n');
      } else if (value.equals("?")) {
        letter('u');
      } else {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        letter('t').int32(text.length).raw(text);
      }
    }
    return this;
  }

  MessageBytes letter(char letter) {
    return int8(letter);
  }

  MessageBytes int8(int value) {
    return add(() -> data.writeByte(value));
  }

  MessageBytes int16(int value) {
    return add(() -> data.writeShort(value));
  }

  MessageBytes int32(int value) {
    return add(() -> data.writeInt(value));
  }

  MessageBytes int64(long value) {
    return add(() -> data.writeLong(value));
  }

  MessageBytes string(String value) {
    return raw(value.getBytes(StandardCharsets.UTF_8)).int8(0);
  }

  MessageBytes raw(byte[] value) {
    return add(() -> data.write(value));
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(toByteArray());
  }

  private MessageBytes add(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private interface Writing {
    void run() throws IOException;
  }
}
