package dev.puck.bridge.deadletter;

import dev.puck.bridge.publisher.EventHeader;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter where it is kept. Whoever holds it must not change its arrays.
 *
 * @param reference names it: {@code TOPIC/PARTITION@OFFSET}, or {@code puck.dead_letter/ID}
 * @param topic the topic that its event was meant for
 * @param reason why it is one
 * @param key null: none
 * @param value null: a tombstone
 * @param headers the event's own
 * @param at when it became one
 * @param projection the consumer's projection that could not apply it; null: the bridge set it
 *     aside
 * @param replayed whether somebody has published it after all
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Bytes as they are kept are neither compared nor printed.
public record StoredDeadLetter(
    String reference,
    String topic,
    String reason,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<EventHeader> headers,
    Instant at,
    @Nullable String projection,
    boolean replayed) {
  public StoredDeadLetter {
    headers = List.copyOf(headers);
  }

  StoredDeadLetter asReplayed() {
    return new StoredDeadLetter(
        reference, topic, reason, key, value, headers, at, projection, true);
  }
}
