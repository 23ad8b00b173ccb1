package dev.puck.bridge.type;

/** Intervals, as microseconds, a month being a twelfth of 365.25 days. */
final class IntervalText {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long MONTH = 30 * DAY + 7 * DAY / 16; // 365.25 / 12 days.
  private static final long YEAR = 12 * MONTH;

  private IntervalText() {}

  /** Of the style {@code iso_8601}. One that 64 bits do not hold is written as text. */
  static boolean write(byte[] bytes, int offset, int length, JsonBuffer json) {
    int infinity = InfinityText.sign(bytes, offset, length);
    if (infinity != 0) {
      json.number(infinity > 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
      return true;
    }
    if (length < 2 || bytes[offset] != 'P') {
      return false;
    }
    try {
      json.number(micros(bytes, offset + 1, offset + length));
    } catch (ArithmeticException e) {
      json.string(bytes, offset, length);
    } catch (NumberFormatException e) {
      return false;
    }
    return true;
  }

  private static long micros(byte[] bytes, int from, int end) {
    long sum = 0;
    boolean time = false;
    int at = from;
    while (at < end) {
      if (bytes[at] == 'T') {
        time = true;
        at++;
        continue;
      }
      int start = at;
      while (at < end && (bytes[at] < 'A' || bytes[at] > 'Z')) {
        at++;
      }
      if (at == end) {
        throw new NumberFormatException("a number without unit");
      }
      sum = Math.addExact(sum, part(bytes, start, at, unit(bytes[at], time)));
      at++;
    }
    return sum;
  }

  private static long unit(byte letter, boolean time) {
    return switch (letter) {
      case 'Y' -> YEAR;
      case 'M' -> time ? MINUTE : MONTH;
      case 'D' -> DAY;
      case 'H' -> HOUR;
      case 'S' -> SECOND;
      default -> throw new NumberFormatException("no unit of an interval");
    };
  }

  /** A number of units; only seconds have a fraction. */
  private static long part(byte[] bytes, int from, int end, long unit) {
    boolean negative = bytes[from] == '-';
    long whole = 0;
    long fraction = 0;
    long fractionUnit = 0;
    for (int at = negative ? from + 1 : from; at < end; at++) {
      if (bytes[at] == '.') {
        fractionUnit = unit;
      } else if (bytes[at] < '0' || bytes[at] > '9') {
        throw new NumberFormatException("no digit");
      } else if (fractionUnit > 0) {
        fractionUnit /= 10;
        fraction += (bytes[at] - '0') * fractionUnit;
      } else {
        whole = Math.addExact(Math.multiplyExact(whole, 10L), bytes[at] - '0');
      }
    }
    long micros = Math.addExact(Math.multiplyExact(whole, unit), fraction);
    return negative ? -micros : micros;
  }
}
