package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/** Dates, as days since 1970. */
final class DateText {
  private DateText() {}

  /** Infinity is the greatest or least 32-bit number, as inside of PostgreSQL: no date is that. */
  static boolean write(byte[] bytes, int offset, int length, JsonBuffer json) {
    int infinity = InfinityText.sign(bytes, offset, length);
    if (infinity != 0) {
      json.number(infinity > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE);
      return true;
    }
    @Nullable DateTimeReader date = DateTimeReader.dateTime(bytes, offset, length);
    if (date == null) {
      return false;
    }
    json.number(date.epochDay());
    return true;
  }
}
