package dev.puck.bridge.publisher;

import dev.puck.event.DeadLetterTopic;
import dev.puck.event.EventHeaders;
import java.util.ArrayList;
import java.util.List;

/** Makes the record that keeps an event which cannot be published as it is. */
public final class DeadLetter {
  private DeadLetter() {}

  /** The event's original bytes and headers, and why it is here, in the topic's dead letters. */
  public static OutgoingEvent of(OutgoingEvent event, String reason) {
    List<EventHeader> headers = new ArrayList<>(event.headers());
    headers.add(EventHeader.of(EventHeaders.DEAD_LETTER_REASON, reason));
    headers.add(EventHeader.of(EventHeaders.DEAD_LETTER_TOPIC, event.topic()));
    if (event.channel() != null) {
      headers.add(EventHeader.of(EventHeaders.DEAD_LETTER_CHANNEL, event.channel()));
    }
    return new OutgoingEvent(
        DeadLetterTopic.of(event.topic()),
        null,
        event.key(),
        event.value(),
        headers,
        event.channel());
  }

  /** Whether the event is a dead letter already. */
  public static boolean isOne(OutgoingEvent event) {
    return event.headers().stream()
        .anyMatch(header -> header.name().equals(EventHeaders.DEAD_LETTER_REASON));
  }
}
