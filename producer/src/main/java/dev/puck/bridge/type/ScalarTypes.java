package dev.puck.bridge.type;

import static dev.puck.bridge.type.ConnectType.Kind.BOOLEAN;
import static dev.puck.bridge.type.ConnectType.Kind.BYTES;
import static dev.puck.bridge.type.ConnectType.Kind.FLOAT32;
import static dev.puck.bridge.type.ConnectType.Kind.FLOAT64;
import static dev.puck.bridge.type.ConnectType.Kind.INT16;
import static dev.puck.bridge.type.ConnectType.Kind.INT32;
import static dev.puck.bridge.type.ConnectType.Kind.INT64;
import static dev.puck.bridge.type.ConnectType.Kind.STRING;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one table of types: PostgreSQL's own that are more than a string, each with what becomes of
 * its values and what Kafka Connect's schema says. Those that depend on it are made for a modifier.
 */
final class ScalarTypes {
  private static final int NO_MODIFIER = -1;
  private static final int MILLI_DIGITS = 3;
  private static final int MICRO_DIGITS = 6;

  private static final Map<Long, IntFunction<ValueMapping>> BY_OID = new HashMap<>();

  static {
    put(16, NumberText::writeBoolean, ConnectType.plain(BOOLEAN));
    put(17, BinaryText::writeBytes, ConnectType.plain(BYTES));
    put(20, NumberText::writeInteger, ConnectType.plain(INT64));
    put(21, NumberText::writeInteger, ConnectType.plain(INT16));
    put(23, NumberText::writeInteger, ConnectType.plain(INT32));
    put(26, NumberText::writeInteger, ConnectType.plain(INT64)); // oid
    put(600, PointText::write, PointText.TYPE);
    put(700, NumberText::writeFloat, ConnectType.plain(FLOAT32));
    put(701, NumberText::writeFloat, ConnectType.plain(FLOAT64));
    put(790, NumberText::writeMoney, ConnectType.plain(STRING));
    put(1082, DateText::write, ConnectType.named(INT32, "io.debezium.time.Date"));
    put(1186, IntervalText::write, ConnectType.named(INT64, "io.debezium.time.MicroDuration"));
    put(1266, TimeText::writeZoned, ConnectType.named(STRING, "io.debezium.time.ZonedTime"));
    put(1700, NumberText::writeNumeric, ConnectType.plain(STRING));
    BY_OID.put(114L, any -> JsonMapping.INSTANCE);
    BY_OID.put(3802L, any -> JsonMapping.INSTANCE); // jsonb
    BY_OID.put(142L, any -> StringMapping.named("io.debezium.data.Xml"));
    BY_OID.put(2950L, any -> StringMapping.named("io.debezium.data.Uuid"));
    BY_OID.put(3614L, any -> StringMapping.named("io.debezium.data.Tsvector"));
    BY_OID.put(1083L, ScalarTypes::time);
    BY_OID.put(1114L, ScalarTypes::timestamp);
    BY_OID.put(1184L, ScalarTypes::zonedTimestamp);
    BY_OID.put(1560L, ScalarTypes::bit);
  }

  private ScalarTypes() {}

  /** The mapping of a built-in type under a modifier; null if the type is not in the table. */
  static @Nullable ValueMapping find(long oid, int typmod) {
    IntFunction<ValueMapping> type = BY_OID.get(oid);
    return type == null ? null : type.apply(typmod);
  }

  private static void put(long oid, ScalarWriter writer, ConnectType type) {
    ScalarMapping mapping = new ScalarMapping(writer, type);
    BY_OID.put(oid, any -> mapping);
  }

  private static ValueMapping time(int typmod) {
    return isMilli(typmod)
        ? new ScalarMapping(
            TimeText::writeMillis, ConnectType.named(INT32, "io.debezium.time.Time"))
        : new ScalarMapping(
            TimeText::writeMicros, ConnectType.named(INT64, "io.debezium.time.MicroTime"));
  }

  private static ValueMapping timestamp(int typmod) {
    return isMilli(typmod)
        ? new ScalarMapping(
            TimestampText::writeMillis, ConnectType.named(INT64, "io.debezium.time.Timestamp"))
        : new ScalarMapping(
            TimestampText::writeMicros,
            ConnectType.named(INT64, "io.debezium.time.MicroTimestamp"));
  }

  private static ValueMapping zonedTimestamp(int typmod) {
    return new ScalarMapping(
        new IsoTimestamp(typmod == NO_MODIFIER ? MICRO_DIGITS : typmod),
        ConnectType.named(STRING, "io.debezium.time.ZonedTimestamp"));
  }

  /** Without a length, values may have any, which bytes would not tell. */
  private static ValueMapping bit(int typmod) {
    if (typmod == NO_MODIFIER) {
      return StringMapping.PLAIN;
    }
    return typmod == 1
        ? new ScalarMapping(BinaryText::writeBit, ConnectType.plain(BOOLEAN))
        : new ScalarMapping(
            BinaryText::writeBits,
            ConnectType.named(
                BYTES, "io.debezium.data.Bits", Map.of("length", Integer.toString(typmod))));
  }

  private static boolean isMilli(int typmod) {
    return typmod != NO_MODIFIER && typmod <= MILLI_DIGITS;
  }
}
