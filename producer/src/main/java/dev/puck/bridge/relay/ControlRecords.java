package dev.puck.bridge.relay;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Gap;
import dev.puck.event.EventKind;
import dev.puck.event.GapEvent;
import dev.puck.event.TruncateEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The records that speak about the stream: one in every partition of a topic, so that no reader of
 * any partition can overlook it.
 */
final class ControlRecords {
  private final String source;
  private final ToIntFunction<String> partitions;

  /**
   * @param partitions how many partitions a topic has
   */
  ControlRecords(String source, ToIntFunction<String> partitions) {
    this.source = source;
    this.partitions = partitions;
  }

  /** Says to the readers of a topic that they may have missed changes. */
  void addGap(
      Gap gap,
      String topic,
      List<String> channels,
      String id,
      RecordHeaders numbered,
      List<OutgoingEvent> events) {
    GapEvent event = new GapEvent(source, gap.from(), gap.to(), gap.reason(), channels);
    add(EventKind.GAP, topic, GapEvent.KEY, event.toJson(), id, gap.to(), numbered, events);
  }

  /** Says to the readers of a topic that all earlier keys are gone. */
  void addTruncate(
      String topic,
      byte[] envelope,
      String id,
      Instant at,
      RecordHeaders numbered,
      List<OutgoingEvent> events) {
    add(EventKind.TRUNCATE, topic, TruncateEvent.KEY, envelope, id, at, numbered, events);
  }

  private void add(
      EventKind kind,
      String topic,
      String key,
      byte[] value,
      String id,
      Instant at,
      RecordHeaders numbered,
      List<OutgoingEvent> events) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int count = partitions.applyAsInt(topic);
    for (int partition = 0; partition < count; partition++) {
      events.add(
          new OutgoingEvent(
              topic, partition, keyBytes, value, numbered.next(kind, id, at, null), null));
    }
  }
}
