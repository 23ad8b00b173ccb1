package dev.puck.bridge.relay;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.puck.bridge.source.Relation;
import java.nio.charset.StandardCharsets;
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
  private static final int FIXED_CHARS = 400;

  private final BridgeIdentity identity;
  private final Clock clock;
  private final Map<Relation, String> tables = new HashMap<>();

  RowEnvelope(BridgeIdentity identity, Clock clock) {
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * The envelope of one change.
   *
   * @param op its letter
   * @param before the row before as JSON; null: none
   * @param after the row after as JSON; null: none
   * @param at when it happened
   * @param xid its transaction
   */
  byte[] of(
      Relation relation,
      String op,
      @Nullable String before,
      @Nullable String after,
      Instant at,
      long xid) {
    StringBuilder json =
        new StringBuilder(FIXED_CHARS + length(before) + length(after))
            .append("{\"before\":")
            .append(before)
            .append(",\"after\":")
            .append(after)
            .append(",\"source\":{\"version\":\"")
            .append(identity.version())
            .append("\",\"connector\":\"puck\",\"name\":\"")
            .append(identity.bridge())
            .append('"');
    appendTimes(json, at);
    json.append(",\"snapshot\":\"")
        .append(op.equals("r"))
        .append("\",\"sequence\":null")
        .append(tables.computeIfAbsent(relation, this::table))
        .append(",\"txId\":")
        .append(xid)
        .append(",\"lsn\":null,\"xmin\":null},\"op\":\"")
        .append(op)
        .append('"');
    appendTimes(json, clock.instant());
    return json.append(",\"transaction\":null}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendTimes(StringBuilder json, Instant at) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
    json.append(",\"ts_ms\":")
        .append(Math.floorDiv(micros, 1_000))
        .append(",\"ts_us\":")
        .append(micros)
        .append(",\"ts_ns\":")
        .append(micros)
        .append("000");
  }

  private String table(Relation relation) {
    return ",\"db\":"
        + quoted(identity.database())
        + ",\"schema\":"
        + quoted(relation.schema())
        + ",\"table\":"
        + quoted(relation.table());
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
