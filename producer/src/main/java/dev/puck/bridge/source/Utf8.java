package dev.puck.bridge.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text as it comes from PostgreSQL and goes to Kafka: what need not be looked at on its way is
 * never decoded. Immutable, as long as nobody changes the array.
 */
public final class Utf8 {
  private final byte[] bytes;

  private Utf8(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Text whose UTF-8 is that array; it is not copied, and must not be changed any more. */
  public static Utf8 wrap(byte[] bytes) {
    return new Utf8(bytes);
  }

  /** The same; null for null. */
  public static @Nullable Utf8 wrapNullable(byte @Nullable [] bytes) {
    return bytes == null ? null : new Utf8(bytes);
  }

  /** That text. */
  public static Utf8 of(String text) {
    return new Utf8(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How many bytes such a text takes; 0 for null. */
  public static int lengthOf(@Nullable Utf8 text) {
    return text == null ? 0 : text.bytes.length;
  }

  /** Its UTF-8; not a copy, and not to be changed. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Utf8 that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
