package dev.puck.bridge.relay;

import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Utf8;
import dev.puck.event.EventKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a message: its payload as it is, or a dead letter where its route cannot be kept.
 */
final class MessageRecord {
  private final Routes routes;
  private final RelayListener listener;

  MessageRecord(Routes routes, RelayListener listener) {
    this.routes = routes;
    this.listener = listener;
  }

  OutgoingEvent of(Message message, RecordHeaders numbered) {
    List<EventHeader> headers =
        numbered.next(
            EventKind.MESSAGE, numbered.idOf(message.origin()), message.at(), message.origin());
    message.headers().forEach((name, value) -> headers.add(EventHeader.of(name, value)));
    @Nullable Utf8 payload = message.payload();
    byte @Nullable [] value = payload == null ? null : payload.bytes();
    String topic = routes.fallbackTopic();
    try {
      Route route = routes.of(Route.Kind.CHANNEL, message.channel());
      topic = route.topic();
      requireNoDefect(message);
      byte @Nullable [] key = keyOf(message, route);
      return new OutgoingEvent(topic, null, key, value, headers, message.channel());
    } catch (UnroutableException e) {
      listener.deadLettered(message.channel(), e.getMessage());
      return DeadLetter.of(
          new OutgoingEvent(topic, null, bytes(message.key()), value, headers, message.channel()),
          String.valueOf(e.getMessage()));
    }
  }

  private static void requireNoDefect(Message message) throws UnroutableException {
    @Nullable String defect = message.defect();
    if (defect != null) {
      throw new UnroutableException(defect);
    }
  }

  /** The one that was given with the message goes before the one that its payload holds. */
  private static byte @Nullable [] keyOf(Message message, Route route) throws UnroutableException {
    @Nullable String given = message.key();
    if (given != null) {
      return MessageKey.given(given);
    }
    @Nullable Utf8 payload = message.payload();
    return route.key() == null || payload == null ? null : MessageKey.of(payload, route.key());
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
