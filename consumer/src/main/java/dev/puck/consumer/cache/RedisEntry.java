package dev.puck.consumer.cache;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.event.EventPosition;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An entry's text in Redis: one JSON object, whose members stand in a fixed order for the scripts.
 * docs/caches.md shows it.
 */
final class RedisEntry {
  private static final byte[] VALUE = RedisNames.bytes(",\"value\":");
  private static final String DELETED = ",\"deleted\":true}";
  private static final Pattern HEAD =
      Pattern.compile(
          "\\{\"version\":\"([\\d.]+)\""
              + "(?:,\"snapshot\":\"([^\"]*)\"|,\"xid\":(\\w+),\"committed\":(\\w+))"
              + ",\"from\":[^,]*");

  private RedisEntry() {}

  /** What the event says. */
  static byte[] text(CacheEvent event) {
    String head = head(event.position(), event.event());
    byte @Nullable [] value = event.value();
    if (value == null) {
      return RedisNames.bytes(head + DELETED);
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(head.length() + value.length + 12);
    text.writeBytes(RedisNames.bytes(head));
    text.writeBytes(VALUE);
    text.writeBytes(value);
    text.write('}');
    return text.toByteArray();
  }

  /** That the key is gone. */
  static byte[] tombstone(CacheStore.Truncate truncate) {
    return RedisNames.bytes(head(truncate.position(), truncate.event()) + DELETED);
  }

  private static String head(EventPosition position, IncomingEvent event) {
    return "{\"version\":\""
        + position.text()
        + "\",\"xid\":"
        + number(event.xid())
        + ",\"committed\":"
        + number(event.committedMicros())
        + ",\"from\":"
        + from(event.partition());
  }

  static String number(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "null";
  }

  static String from(TopicPartition partition) {
    return "\"" + partition + "\"";
  }

  /**
   * The entry of that text; null if it is a tombstone.
   *
   * @throws IllegalStateException if it is none that Puck wrote
   */
  static @Nullable CacheEntry parse(byte[] text) {
    int head = indexOfValue(text);
    if (head < 0) {
      return null;
    }
    @Nullable CacheEntry entry =
        entry(text, head, Arrays.copyOfRange(text, head + VALUE.length, text.length - 1));
    if (entry == null) {
      throw new IllegalStateException(
          "An entry in Redis is none of Puck's; it begins with "
              + new String(text, 0, Math.min(text.length, 100), StandardCharsets.UTF_8));
    }
    return entry;
  }

  /** The members behind the head; {@code value} null: of a tombstone. */
  static byte[] members(byte @Nullable [] value) {
    if (value == null) {
      return RedisNames.bytes(DELETED.substring(1));
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(value.length + 12);
    text.write(VALUE, 1, VALUE.length - 1);
    text.writeBytes(value);
    text.write('}');
    return text.toByteArray();
  }

  /** As an audit sees it, a tombstone, too; null if it is none that Puck wrote. */
  static @Nullable Held held(byte[] text, SourceSnapshot truth) {
    int value = indexOfValue(text);
    boolean isTombstone = value < 0;
    int head = isTombstone ? text.length - DELETED.length() : value;
    byte[] bytes =
        isTombstone ? new byte[0] : Arrays.copyOfRange(text, head + VALUE.length, text.length - 1);
    @Nullable CacheEntry entry = entry(text, head, bytes);
    return entry == null ? null : Held.of(entry, isTombstone ? null : bytes, truth);
  }

  private static @Nullable CacheEntry entry(byte[] text, int head, byte[] value) {
    Matcher matcher = HEAD.matcher(new String(text, 0, Math.max(0, head), StandardCharsets.UTF_8));
    if (!matcher.matches()) {
      return null;
    }
    @Nullable String snapshot = matcher.group(2);
    return new CacheEntry(
        EventPosition.parse(matcher.group(1)),
        snapshot == null ? null : SourceSnapshot.parse(snapshot),
        number(matcher.group(3)),
        number(matcher.group(4)),
        value);
  }

  private static OptionalLong number(@Nullable String text) {
    return text == null || text.equals("null")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(text));
  }

  /** Nothing before the value can contain this. */
  private static int indexOfValue(byte[] text) {
    for (int i = 0; i <= text.length - VALUE.length; i++) {
      if (Arrays.equals(text, i, i + VALUE.length, VALUE, 0, VALUE.length)) {
        return i;
      }
    }
    return -1;
  }
}
