package dev.puck.bridge.relay;

import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Utf8;
import dev.puck.event.EventKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final Map<RowFormat, RowEncoding> encodings;
  private final TransactionRecords transactions;
  private final RelayListener listener;

  RowRecords(
      Routes routes,
      RowEnvelope envelope,
      TransactionRecords transactions,
      RelayListener listener) {
    this.routes = routes;
    this.transactions = transactions;
    this.encodings =
        Map.of(
            RowFormat.DEBEZIUM, new EnvelopeEncoding(envelope),
            RowFormat.DEBEZIUM_WITH_SCHEMA, new SchemaEncoding(envelope),
            RowFormat.FLAT, new FlatEncoding());
    this.listener = listener;
  }

  void add(RowChange change, RecordHeaders numbered, List<OutgoingEvent> events) {
    transactions.enter(change, numbered, events);
    Route route;
    try {
      route = routes.of(Route.Kind.TABLE, change.relation().name());
    } catch (UnroutableException e) {
      String reason = String.valueOf(e.getMessage());
      listener.deadLettered(change.relation().name(), reason);
      Target nowhere = target(change, routes.fallbackTopic(), RowFormat.DEBEZIUM);
      events.add(DeadLetter.of(nowhere.whole(numbered), reason));
      return;
    }
    Target target = target(change, route.topic(), route.format());
    if (change.oldKey() != null && change.operation() == Operation.UPDATE) {
      target.addKeyChange(change.oldKey(), numbered, events);
    } else if (change.operation() == Operation.DELETE && change.key() != null) {
      target.addDeletion(change.key(), numbered, events);
    } else {
      events.add(target.whole(numbered));
    }
  }

  private Target target(RowChange change, String topic, RowFormat format) {
    return new Target(change, topic, Objects.requireNonNull(encodings.get(format)), transactions);
  }

  /** Where a change goes, and how. */
  private record Target(
      RowChange change, String topic, RowEncoding encoding, TransactionRecords transactions) {
    OutgoingEvent whole(RecordHeaders numbered) {
      byte[] value = value(change.operation().code(), change.before(), change.after());
      return event(change.key(), value, headers("", numbered));
    }

    void addDeletion(String key, RecordHeaders numbered, List<OutgoingEvent> events) {
      if (encoding.deletesByTombstone()) {
        transactions.next(change);
      } else {
        events.add(whole(numbered));
      }
      events.add(tombstone(key, numbered));
    }

    void addKeyChange(String oldKey, RecordHeaders numbered, List<OutgoingEvent> events) {
      if (encoding.deletesByTombstone()) {
        transactions.next(change);
      } else {
        List<EventHeader> deletion = headers("/d", numbered);
        deletion.add(EventHeader.of(NEW_KEY, String.valueOf(change.key())));
        events.add(event(oldKey, value("d", change.before(), null), deletion));
      }
      events.add(tombstone(oldKey, numbered));
      List<EventHeader> creation = headers("/c", numbered);
      creation.add(EventHeader.of(OLD_KEY, oldKey));
      events.add(event(change.key(), value("c", null, change.after()), creation));
    }

    private byte[] value(String op, @Nullable Utf8 before, @Nullable Utf8 after) {
      return encoding.value(change, op, before, after, transactions.next(change));
    }

    private OutgoingEvent tombstone(String key, RecordHeaders numbered) {
      return event(key, null, headers("/t", numbered));
    }

    private List<EventHeader> headers(String part, RecordHeaders numbered) {
      return numbered.next(
          EventKind.ROW, change.origin().id() + part, change.at(), change.origin());
    }

    private OutgoingEvent event(
        @Nullable String key, byte @Nullable [] value, List<EventHeader> headers) {
      byte @Nullable [] bytes = key == null ? null : encoding.key(change, key);
      return new OutgoingEvent(topic, null, bytes, value, headers, change.relation().name());
    }
  }
}
