package dev.puck.bridge.publisher;

import dev.puck.event.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to a topic. Whoever holds it must not change its arrays.
 *
 * @param partition null: chosen by the key
 * @param key null: none, and so no order
 * @param value null: a tombstone
 * @param channel where its message came from; null for what Puck itself says
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way are neither compared nor printed.
public record OutgoingEvent(
    String topic,
    @Nullable Integer partition,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<EventHeader> headers,
    @Nullable String channel) {
  public OutgoingEvent {
    headers = List.copyOf(headers);
  }

  /** Whether it tells that all before it is published. */
  public boolean isToken() {
    return Tokens.CHANNEL.equals(channel);
  }

  /** About how many bytes it has on the wire. */
  public long sizeInBytes() {
    long size = length(key) + length(value);
    for (EventHeader header : headers) {
      size += header.name().length() + header.value().length;
    }
    return size;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
