package dev.puck.bridge.relay;

import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.RowChange;
import dev.puck.event.EventKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a row's change: a deletion is followed by a tombstone, and a changed key is a
 * deletion with its tombstone and a creation, as in Debezium. The parts of one change differ in the
 * end of their {@code puck.id}.
 */
final class RowRecords {
  private static final String NEW_KEY = "__debezium.newkey";
  private static final String OLD_KEY = "__debezium.oldkey";

  private final Routes routes;
  private final RowEnvelope envelope;
  private final RelayListener listener;

  RowRecords(Routes routes, RowEnvelope envelope, RelayListener listener) {
    this.routes = routes;
    this.envelope = envelope;
    this.listener = listener;
  }

  void add(RowChange change, RecordHeaders numbered, List<OutgoingEvent> events) {
    String topic = routes.fallbackTopic();
    try {
      topic = routes.of(Route.Kind.TABLE, change.relation().name()).topic();
    } catch (UnroutableException e) {
      String reason = String.valueOf(e.getMessage());
      listener.deadLettered(change.relation().name(), reason);
      OutgoingEvent whole = whole(change, change.operation(), change.key(), topic, numbered);
      events.add(DeadLetter.of(whole, reason));
      return;
    }
    if (change.oldKey() != null && change.operation() == Operation.UPDATE) {
      addKeyChange(change, change.oldKey(), topic, numbered, events);
    } else {
      events.add(whole(change, change.operation(), change.key(), topic, numbered));
      if (change.operation() == Operation.DELETE && change.key() != null) {
        events.add(tombstone(change, change.key(), topic, numbered));
      }
    }
  }

  private void addKeyChange(
      RowChange change,
      String oldKey,
      String topic,
      RecordHeaders numbered,
      List<OutgoingEvent> events) {
    List<EventHeader> deletion = headers(change, "/d", numbered);
    deletion.add(EventHeader.of(NEW_KEY, String.valueOf(change.key())));
    byte[] gone =
        envelope.of(change.relation(), "d", change.before(), null, change.at(), change.origin());
    events.add(event(change, topic, oldKey, gone, deletion));
    events.add(tombstone(change, oldKey, topic, numbered));
    List<EventHeader> creation = headers(change, "/c", numbered);
    creation.add(EventHeader.of(OLD_KEY, oldKey));
    byte[] come =
        envelope.of(change.relation(), "c", null, change.after(), change.at(), change.origin());
    events.add(event(change, topic, change.key(), come, creation));
  }

  private OutgoingEvent whole(
      RowChange change,
      Operation operation,
      @Nullable String key,
      String topic,
      RecordHeaders numbered) {
    byte[] value =
        envelope.of(
            change.relation(),
            operation.code(),
            change.before(),
            change.after(),
            change.at(),
            change.origin());
    return event(change, topic, key, value, headers(change, "", numbered));
  }

  private static OutgoingEvent tombstone(
      RowChange change, String key, String topic, RecordHeaders numbered) {
    return event(change, topic, key, null, headers(change, "/t", numbered));
  }

  private static List<EventHeader> headers(RowChange change, String part, RecordHeaders numbered) {
    return numbered.next(EventKind.ROW, change.origin().id() + part, change.at(), change.origin());
  }

  private static OutgoingEvent event(
      RowChange change,
      String topic,
      @Nullable String key,
      byte @Nullable [] value,
      List<EventHeader> headers) {
    byte @Nullable [] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    return new OutgoingEvent(topic, null, bytes, value, headers, change.relation().name());
  }
}
