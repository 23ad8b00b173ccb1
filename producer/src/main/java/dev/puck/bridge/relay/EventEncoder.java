package dev.puck.bridge.relay;

import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.TransactionEnd;
import dev.puck.bridge.source.Truncate;
import dev.puck.event.EventKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Turns changes into the records that say them, in the same order. Numbers them within one epoch,
 * so one encoder serves one run of a bridge. Owned by the publisher's thread.
 */
final class EventEncoder {
  private final BridgeIdentity identity;
  private final Routes routes;
  private final RelayListener listener;
  private final MessageRecord messages;
  private final RowEnvelope envelope;
  private final TransactionRecords transactions;
  private final RowRecords rows;
  private final ControlRecords control;
  private long batch;

  /**
   * @param begun transactions of which a part was published before
   * @param partitions how many partitions a topic has
   */
  EventEncoder(
      BridgeIdentity identity,
      Routes routes,
      List<OpenTransaction> begun,
      ToIntFunction<String> partitions,
      RelayListener listener) {
    this.identity = identity;
    this.routes = routes;
    this.listener = listener;
    this.messages = new MessageRecord(routes, listener);
    this.envelope = new RowEnvelope(identity, Clock.systemUTC());
    this.transactions = new TransactionRecords(routes.transactionTopic(), begun);
    this.rows = new RowRecords(routes, envelope, transactions, listener);
    this.control = new ControlRecords(identity.source(), partitions);
  }

  /** The records of that batch. */
  List<OutgoingEvent> encode(Batch changes) {
    List<OutgoingEvent> events = new ArrayList<>(changes.changes().size());
    RecordHeaders numbered = new RecordHeaders(identity, batch++, changes);
    for (Change change : changes.changes()) {
      if (change instanceof Message message) {
        events.add(messages.of(message, numbered));
      } else if (change instanceof RowChange row) {
        rows.add(row, numbered, events);
      } else if (change instanceof Truncate truncate) {
        addTruncate(truncate, numbered, events);
      } else if (change instanceof TransactionEnd end) {
        transactions.end(end, numbered, events);
      } else if (change instanceof Gap gap) {
        addGap(gap, numbered, events);
      }
    }
    return events;
  }

  /** Transactions of which a part is in the batches that were encoded. */
  List<OpenTransaction> open() {
    return transactions.open();
  }

  private void addGap(Gap gap, RecordHeaders numbered, List<OutgoingEvent> events) {
    transactions.forget();
    String id = numbered.idHere();
    for (String topic : routes.topics()) {
      control.addGap(gap, topic, routes.namesTo(topic), id, numbered, events);
    }
    listener.gap(gap);
  }

  /**
   * Whoever reads cannot know which rows one partition held: to them, its truncation is a gap that
   * a resync mends.
   */
  private void addTruncate(Truncate truncate, RecordHeaders numbered, List<OutgoingEvent> events) {
    String table = truncate.relation().name();
    String id = truncate.origin().id();
    byte[] value =
        envelope.of(truncate.relation(), "t", null, null, truncate.at(), truncate.origin(), null);
    String topic;
    try {
      topic = routes.of(Route.Kind.TABLE, table).topic();
    } catch (UnroutableException e) {
      events.add(unroutable(truncate, value, String.valueOf(e.getMessage()), numbered));
      return;
    }
    if (truncate.partition() == null) {
      control.addTruncate(topic, value, id, truncate.at(), numbered, events);
    } else {
      String reason = "partition " + truncate.partition() + " of " + table + " was truncated";
      Gap gap = new Gap(truncate.at(), truncate.at(), reason);
      control.addGap(gap, topic, List.of(table), id, numbered, events);
      listener.gap(gap);
    }
  }

  private OutgoingEvent unroutable(
      Truncate truncate, byte[] value, String reason, RecordHeaders numbered) {
    String table = truncate.relation().name();
    listener.deadLettered(table, reason);
    List<EventHeader> headers =
        numbered.next(EventKind.TRUNCATE, truncate.origin().id(), truncate.at(), truncate.origin());
    return DeadLetter.of(
        new OutgoingEvent(routes.fallbackTopic(), null, null, value, headers, table), reason);
  }
}
