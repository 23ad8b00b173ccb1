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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The headers of one batch's records, and the count of those records. */
final class RecordHeaders {
  private static final int MOST = 10;
  private static final Map<EventKind, EventHeader> KINDS =
      Arrays.stream(EventKind.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(), kind -> EventHeader.of(EventHeaders.KIND, kind.text())));

  private final BridgeIdentity identity;
  private final long batch;
  private final EventHeader bridge;
  private final @Nullable EventHeader committedAfter;
  private long index;

  RecordHeaders(BridgeIdentity identity, long number, Batch batch) {
    this.identity = identity;
    this.batch = number;
    @Nullable Instant after = batch.committedAfter();
    this.bridge = EventHeader.of(EventHeaders.BRIDGE, identity.bridge());
    this.committedAfter =
        after == null ? null : EventHeader.of(EventHeaders.COMMITTED, micros(after));
  }

  /** The identity of a change whose source knows none: where it is published. */
  String idHere() {
    return identity.bridge() + ':' + position().text();
  }

  /** The identity of a change. */
  String idOf(@Nullable Origin origin) {
    return origin == null ? idHere() : origin.id();
  }

  /** The headers of the next record; the caller may add more. */
  List<EventHeader> next(EventKind kind, String id, Instant at, @Nullable Origin origin) {
    List<EventHeader> headers = new ArrayList<>(MOST);
    headers.add(Objects.requireNonNull(KINDS.get(kind)));
    headers.add(bridge);
    headers.add(EventHeader.of(EventHeaders.ID, id));
    headers.add(new EventHeader(EventHeaders.POSITION, position().bytes()));
    headers.add(EventHeader.of(EventHeaders.AT, micros(at)));
    if (origin != null && origin.xid() > 0) {
      headers.add(EventHeader.of(EventHeaders.XID, Long.toString(origin.xid())));
    }
    @Nullable EventHeader committed = committed(origin);
    if (committed != null && !kind.isControl()) {
      headers.add(committed);
    }
    index++;
    return headers;
  }

  /** When it committed, or at least a moment before which it had not. */
  private @Nullable EventHeader committed(@Nullable Origin origin) {
    @Nullable Instant exactly = origin == null ? null : origin.committed();
    return exactly == null
        ? committedAfter
        : EventHeader.of(EventHeaders.COMMITTED, micros(exactly));
  }

  private EventPosition position() {
    return new EventPosition(identity.epoch(), batch, index);
  }

  private static String micros(Instant at) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }
}
