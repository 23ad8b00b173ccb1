package dev.puck.bridge.source;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel's payload.
 *
 * @param payload may be empty; null deletes what is downstream under the key
 * @param key as the caller gave it; null: none given
 * @param headers the caller's own
 * @param at when it happened, as far as the source can tell
 * @param origin null where the source does not know it
 * @param defect why it cannot be published as a message of its channel; null: it can
 */
public record Message(
    String channel,
    @Nullable Utf8 payload,
    @Nullable String key,
    Map<String, String> headers,
    Instant at,
    @Nullable Origin origin,
    @Nullable String defect)
    implements Change {
  private static final int OVERHEAD_BYTES = 160;

  public Message {
    headers = Map.copyOf(headers);
  }

  /** One without defect. */
  public Message(
      String channel,
      @Nullable Utf8 payload,
      @Nullable String key,
      Map<String, String> headers,
      Instant at,
      @Nullable Origin origin) {
    this(channel, payload, key, headers, at, origin, null);
  }

  /** One without key, headers and origin, as {@code NOTIFY} knows it. */
  public Message(String channel, String payload, Instant at) {
    this(channel, Utf8.of(payload), null, Map.of(), at, null);
  }

  @Override
  public long sizeInBytes() {
    long size = OVERHEAD_BYTES;
    size += Utf8.lengthOf(payload);
    size += key == null ? 0 : 2L * key.length();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      size += 2L * (header.getKey().length() + header.getValue().length());
    }
    return size;
  }
}
