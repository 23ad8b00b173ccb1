package dev.puck.bridge.relay;

import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.TransactionEnd;
import dev.puck.event.EventKind;
import dev.puck.event.TransactionEvent;
import dev.puck.event.TransactionEvent.DataCollection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the changes of each transaction, and tells where it begins and ends, as Debezium's
 * transaction metadata does: a changed key counts twice, as the deletion and the creation that it
 * becomes, and messages, truncates and tombstones count not at all. Not thread-safe.
 *
 * <p>What is open goes into the checkpoint with the position that divides it, so that whoever goes
 * on there counts on.
 */
final class TransactionRecords {
  private static final EventKind KIND = EventKind.TRANSACTION;

  private final @Nullable String topic;
  private final Map<Long, TreeMap<String, Long>> open = new TreeMap<>();

  /**
   * @param topic null: nothing is told, nor counted
   * @param begun of which a part was published before
   */
  TransactionRecords(@Nullable String topic, List<OpenTransaction> begun) {
    this.topic = topic;
    if (topic != null) {
      begun.forEach(each -> open.put(each.xid(), new TreeMap<>(each.events())));
    }
  }

  /** What was begun, and has not ended. */
  List<OpenTransaction> open() {
    return open.entrySet().stream()
        .map(each -> new OpenTransaction(each.getKey(), each.getValue()))
        .toList();
  }

  /** A change comes: its transaction begins, unless it has. */
  void enter(RowChange change, RecordHeaders numbered, List<OutgoingEvent> events) {
    long xid = change.origin().xid();
    if (topic != null && xid > 0 && open.putIfAbsent(xid, new TreeMap<>()) == null) {
      TransactionEvent begin =
          TransactionEvent.begin(Long.toString(xid), change.at().toEpochMilli());
      String id = change.origin().id() + "/begin";
      events.add(record(topic, begin, numbered.next(KIND, id, change.at(), change.origin())));
    }
  }

  /** Counts it; null if its transaction is not told of. */
  @Nullable TransactionOrder next(RowChange change) {
    long xid = change.origin().xid();
    @Nullable Map<String, Long> tables = open.get(xid);
    if (tables == null) {
      return null;
    }
    long inTable = tables.merge(change.relation().name(), 1L, Long::sum);
    return new TransactionOrder(xid, total(tables), inTable);
  }

  /** All its changes have come. */
  void end(TransactionEnd end, RecordHeaders numbered, List<OutgoingEvent> events) {
    @Nullable Map<String, Long> tables = open.remove(end.last().xid());
    if (topic != null && tables != null) {
      List<DataCollection> counts =
          tables.entrySet().stream()
              .map(each -> new DataCollection(each.getKey(), each.getValue()))
              .toList();
      TransactionEvent event =
          TransactionEvent.end(Long.toString(end.last().xid()), counts, end.at().toEpochMilli());
      String id = end.last().id() + "/end";
      events.add(record(topic, event, numbered.next(KIND, id, end.at(), end.last())));
    }
  }

  /** After a gap nobody knows what they were. */
  void forget() {
    open.clear();
  }

  private static OutgoingEvent record(
      String topic, TransactionEvent event, List<EventHeader> headers) {
    return new OutgoingEvent(topic, null, event.key(), event.toJson(), headers, null);
  }

  private static long total(Map<String, Long> tables) {
    long total = 0;
    for (long each : tables.values()) {
      total += each;
    }
    return total;
  }
}
