package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/** Timestamps without time zone, as a number since 1970. */
final class TimestampText {
  /** What Debezium makes of infinity: milliseconds as the driver has them, times 1000. */
  private static final long INFINITY_MICROS = 9_223_372_036_825_200_000L;

  private static final long MINUS_INFINITY_MICROS = -9_223_372_036_832_400_000L;

  private static final long DAY_MICROS = 86_400_000_000L;

  /** Of a later one, which PostgreSQL has, 64 bits do not hold the microseconds. */
  private static final long LAST_DAY = Long.MAX_VALUE / DAY_MICROS - 1;

  private TimestampText() {}

  static boolean writeMillis(byte[] bytes, int offset, int length, JsonBuffer json) {
    return write(bytes, offset, length, json, 1_000);
  }

  /** One that does not fit is written as ISO 8601 text. */
  static boolean writeMicros(byte[] bytes, int offset, int length, JsonBuffer json) {
    return write(bytes, offset, length, json, 1);
  }

  private static boolean write(
      byte[] bytes, int offset, int length, JsonBuffer json, int microsPerUnit) {
    int infinity = InfinityText.sign(bytes, offset, length);
    if (infinity != 0) {
      json.number((infinity > 0 ? INFINITY_MICROS : MINUS_INFINITY_MICROS) / microsPerUnit);
      return true;
    }
    @Nullable DateTimeReader at = DateTimeReader.dateTime(bytes, offset, length);
    if (at == null) {
      return false;
    }
    long day = at.epochDay();
    if (microsPerUnit == 1 && day > LAST_DAY) {
      IsoTimestamp.write(at, 6, "", json);
      return true;
    }
    long unitsPerSecond = 1_000_000L / microsPerUnit;
    json.number((day * 86_400 + at.secondOfDay()) * unitsPerSecond + at.micro / microsPerUnit);
    return true;
  }
}
