package dev.puck.bridge.relay;

import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import dev.puck.event.EventPosition;
import dev.puck.event.GapEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Turns changes into the records that say them, in the same order. Numbers them within one epoch,
 * so one encoder serves one run of a bridge. Owned by the publisher's thread.
 */
final class EventEncoder {
  private final String bridge;
  private final String source;
  private final long epoch;
  private final Routes routes;
  private final ToIntFunction<String> partitions;
  private final RelayListener listener;
  private long batch;

  /**
   * @param partitions how many partitions a topic has
   */
  EventEncoder(
      BridgeIdentity identity,
      Routes routes,
      ToIntFunction<String> partitions,
      RelayListener listener) {
    this.bridge = identity.bridge();
    this.source = identity.source();
    this.epoch = identity.epoch();
    this.routes = routes;
    this.partitions = partitions;
    this.listener = listener;
  }

  /** The records of that batch. */
  List<OutgoingEvent> encode(Batch changes) {
    List<OutgoingEvent> events = new ArrayList<>(changes.changes().size());
    for (Change change : changes.changes()) {
      if (change instanceof Message message) {
        events.add(message(message, events.size()));
      } else if (change instanceof Gap gap) {
        addGap(gap, events);
      }
    }
    batch++;
    return events;
  }

  private OutgoingEvent message(Message message, int index) {
    Route route = routes.of(message.channel());
    byte[] value = message.payload().getBytes(StandardCharsets.UTF_8);
    EventPosition position = new EventPosition(epoch, batch, index);
    List<EventHeader> headers = headers(EventKind.MESSAGE, position, position, message.at());
    try {
      byte[] key = route.key() == null ? null : MessageKey.of(message.payload(), route.key());
      return new OutgoingEvent(route.topic(), null, key, value, headers, message.channel());
    } catch (UnroutableException e) {
      listener.deadLettered(message.channel(), e.getMessage());
      return DeadLetter.of(
          new OutgoingEvent(route.topic(), null, null, value, headers, message.channel()),
          String.valueOf(e.getMessage()));
    }
  }

  /** One record in every partition, so that no reader of any partition can overlook it. */
  private void addGap(Gap gap, List<OutgoingEvent> events) {
    EventPosition first = new EventPosition(epoch, batch, events.size());
    byte[] key = GapEvent.KEY.getBytes(StandardCharsets.UTF_8);
    for (String topic : routes.topics()) {
      GapEvent event =
          new GapEvent(source, gap.from(), gap.to(), gap.reason(), routes.channelsTo(topic));
      byte[] value = event.toJson();
      int count = partitions.applyAsInt(topic);
      for (int partition = 0; partition < count; partition++) {
        EventPosition position = new EventPosition(epoch, batch, events.size());
        events.add(
            new OutgoingEvent(
                topic,
                partition,
                key,
                value,
                headers(EventKind.GAP, first, position, gap.to()),
                null));
      }
    }
    listener.gap(gap);
  }

  private List<EventHeader> headers(
      EventKind kind, EventPosition identity, EventPosition position, Instant at) {
    return List.of(
        new EventHeader(EventHeaders.KIND, kind.text()),
        new EventHeader(EventHeaders.BRIDGE, bridge),
        new EventHeader(EventHeaders.ID, bridge + ":" + identity.text()),
        new EventHeader(EventHeaders.POSITION, position.text()),
        new EventHeader(
            EventHeaders.AT, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at))));
  }
}
