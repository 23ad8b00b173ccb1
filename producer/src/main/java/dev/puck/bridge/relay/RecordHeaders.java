package dev.puck.bridge.relay;

import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Origin;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import dev.puck.event.EventPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of one batch's records, and the count of those records. */
final class RecordHeaders {
  private static final int MOST = 10;

  private final BridgeIdentity identity;
  private final long batch;
  private final @Nullable String committedAfter;
  private long index;

  RecordHeaders(BridgeIdentity identity, long number, Batch batch) {
    this.identity = identity;
    this.batch = number;
    @Nullable Instant after = batch.committedAfter();
    this.committedAfter = after == null ? null : micros(after);
  }

  /** The identity of a change whose source knows none: where it is published. */
  String idHere() {
    return identity.bridge() + ':' + position();
  }

  /** The identity of a change. */
  String idOf(@Nullable Origin origin) {
    return origin == null ? idHere() : origin.id();
  }

  /** The headers of the next record; the caller may add more. */
  List<EventHeader> next(EventKind kind, String id, Instant at, @Nullable Origin origin) {
    List<EventHeader> headers = new ArrayList<>(MOST);
    headers.add(new EventHeader(EventHeaders.KIND, kind.text()));
    headers.add(new EventHeader(EventHeaders.BRIDGE, identity.bridge()));
    headers.add(new EventHeader(EventHeaders.ID, id));
    headers.add(new EventHeader(EventHeaders.POSITION, position()));
    headers.add(new EventHeader(EventHeaders.AT, micros(at)));
    if (origin != null) {
      headers.add(new EventHeader(EventHeaders.XID, Long.toString(origin.xid())));
    }
    if (committedAfter != null && !kind.isControl()) {
      headers.add(new EventHeader(EventHeaders.COMMITTED, committedAfter));
    }
    index++;
    return headers;
  }

  private String position() {
    return new EventPosition(identity.epoch(), batch, index).text();
  }

  private static String micros(Instant at) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }
}
