package dev.puck.consumer.cache;

import dev.puck.consumer.json.JsonSlice;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.event.EventKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an event says about a key: from rows in any of the bridge's formats, and from messages
 * whose payload is JSON. It looks for slices and builds no trees: every event comes by here.
 */
final class EventReader {
  private EventReader() {}

  /**
   * The event, read.
   *
   * @throws PoisonEventException if it has no key, or carries no row and no JSON
   */
  static CacheEvent read(IncomingEvent event) {
    byte @Nullable [] key = event.key();
    if (key == null) {
      throw new PoisonEventException("no key to keep a value under");
    }
    boolean isRow = event.kind() == EventKind.ROW;
    return new CacheEvent(
        isRow ? RowKey.text(key) : new String(key, StandardCharsets.UTF_8),
        CacheEvent.position(event),
        event.isTombstone() ? null : value(event.payload(), isRow),
        event);
  }

  private static byte @Nullable [] value(byte[] payload, boolean isRow) {
    if (isRow) {
      return RowValue.of(payload);
    }
    JsonSlice.check(payload);
    return payload;
  }
}
