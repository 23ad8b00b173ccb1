package dev.puck.bridge.relay;

import static dev.puck.bridge.relay.Utf8Buffer.quoted;
import static dev.puck.bridge.relay.Utf8Buffer.utf8;

import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.Utf8;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the Debezium JSON envelope without schema (<a
 * href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html">its
 * documentation</a>), whose rows are JSON already and go into it as they are. Not thread-safe.
 */
final class RowEnvelope {
  private static final byte[] NULL = utf8("null");
  private static final byte[] BEFORE = utf8("{\"before\":");
  private static final byte[] AFTER = utf8(",\"after\":");
  private static final byte[] TS_MS = utf8(",\"ts_ms\":");
  private static final byte[] TS_US = utf8(",\"ts_us\":");
  private static final byte[] TS_NS = utf8(",\"ts_ns\":");
  private static final byte[] THOUSANDS = utf8("000");
  private static final byte[] SNAPSHOT = utf8(",\"snapshot\":\"true\",\"sequence\":null");
  private static final byte[] STREAM = utf8(",\"snapshot\":\"false\",\"sequence\":null");
  private static final byte[] XID = utf8(",\"txId\":");
  private static final byte[] LSN = utf8(",\"lsn\":");
  private static final byte[] OP = utf8(",\"xmin\":null},\"op\":\"");
  private static final byte[] QUOTE = utf8("\"");
  private static final byte[] ALONE = utf8(",\"transaction\":null}");
  private static final byte[] TRANSACTION = utf8(",\"transaction\":{\"id\":\"");
  private static final byte[] TOTAL_ORDER = utf8("\",\"total_order\":");
  private static final byte[] TABLE_ORDER = utf8(",\"data_collection_order\":");
  private static final byte[] END = utf8("}}");

  private final BridgeIdentity identity;
  private final Clock clock;
  private final byte[] source;
  private final Map<Relation, byte[]> tables = new HashMap<>();
  private final Utf8Buffer json = new Utf8Buffer();

  RowEnvelope(BridgeIdentity identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
    this.source =
        utf8(
            ",\"source\":{\"version\":"
                + quoted(identity.version())
                + ",\"connector\":\"puck\",\"name\":"
                + quoted(identity.bridge()));
  }

  /**
   * The envelope of one change.
   *
   * @param op its letter
   * @param before the row before as JSON; null: none
   * @param after the row after as JSON; null: none
   * @param at when it happened
   * @param origin where it comes from
   * @param order which of its transaction's changes it is; null: not told
   */
  byte[] of(
      Relation relation,
      String op,
      @Nullable Utf8 before,
      @Nullable Utf8 after,
      Instant at,
      Origin origin,
      @Nullable TransactionOrder order) {
    json.clear().append(BEFORE).append(image(before)).append(AFTER).append(image(after));
    json.append(source);
    appendTimes(at);
    json.append(op.equals("r") ? SNAPSHOT : STREAM)
        .append(tables.computeIfAbsent(relation, this::table))
        .append(XID)
        .append(origin.xid())
        .append(LSN);
    appendNullable(origin.lsn()).append(OP).append(utf8(op)).append(QUOTE);
    appendTimes(clock.instant());
    appendOrder(order);
    return json.toByteArray();
  }

  private void appendOrder(@Nullable TransactionOrder order) {
    if (order == null) {
      json.append(ALONE);
      return;
    }
    json.append(TRANSACTION)
        .append(order.xid())
        .append(TOTAL_ORDER)
        .append(order.total())
        .append(TABLE_ORDER)
        .append(order.inTable())
        .append(END);
  }

  private void appendTimes(Instant at) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    json.append(TS_MS)
        .append(Math.floorDiv(micros, 1_000))
        .append(TS_US)
        .append(micros)
        .append(TS_NS)
        .append(micros)
        .append(THOUSANDS);
  }

  private Utf8Buffer appendNullable(@Nullable Long number) {
    return number == null ? json.append(NULL) : json.append(number.longValue());
  }

  private byte[] table(Relation relation) {
    return utf8(
        ",\"db\":"
            + quoted(identity.database())
            + ",\"schema\":"
            + quoted(relation.schema())
            + ",\"table\":"
            + quoted(relation.table()));
  }

  private static byte[] image(@Nullable Utf8 row) {
    return row == null ? NULL : row.bytes();
  }
}
