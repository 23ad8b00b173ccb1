package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/** Times of day, of which 24:00:00 is one. */
final class TimeText {
  private static final long MICROS = 1_000_000;
  private static final long DAY_SECONDS = 86_400;

  private TimeText() {}

  /** Milliseconds after midnight. */
  static boolean writeMillis(byte[] bytes, int offset, int length, JsonBuffer json) {
    return write(bytes, offset, length, json, 1_000);
  }

  /** Microseconds after midnight. */
  static boolean writeMicros(byte[] bytes, int offset, int length, JsonBuffer json) {
    return write(bytes, offset, length, json, 1);
  }

  /** ISO 8601 in UTC, with as many digits as it takes. */
  static boolean writeZoned(byte[] bytes, int offset, int length, JsonBuffer json) {
    @Nullable DateTimeReader time = DateTimeReader.time(bytes, offset, length);
    if (time == null) {
      return false;
    }
    long second = time.secondOfDay() - time.offsetSeconds;
    if (second != DAY_SECONDS || time.micro != 0) {
      second = Math.floorMod(second, DAY_SECONDS);
    }
    json.letter('"')
        .digits((int) (second / 3600), 2)
        .letter(':')
        .digits((int) (second / 60 % 60), 2)
        .letter(':')
        .digits((int) (second % 60), 2);
    writeFraction(time.micro, json);
    json.raw("Z\"");
    return true;
  }

  private static void writeFraction(int micro, JsonBuffer json) {
    if (micro != 0) {
      int digits = 6;
      int rest = micro;
      for (; rest % 10 == 0; rest /= 10) {
        digits--;
      }
      json.letter('.').digits(rest, digits);
    }
  }

  private static boolean write(
      byte[] bytes, int offset, int length, JsonBuffer json, int microsPerUnit) {
    @Nullable DateTimeReader time = DateTimeReader.time(bytes, offset, length);
    if (time == null || time.offsetSeconds != 0) {
      return false;
    }
    json.number((time.secondOfDay() * MICROS + time.micro) / microsPerUnit);
    return true;
  }
}
