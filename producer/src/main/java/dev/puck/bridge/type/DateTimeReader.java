package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/**
 * Reads dates and times of PostgreSQL's ISO style. The parts that a text lacks are 0. Used once.
 *
 * <p>A date and its time are parted by a space, or by a T.
 */
final class DateTimeReader {
  private static final int MICRO_DIGITS = 6;

  /** Astronomical: the year before 1 is 0. */
  int year;

  int month;
  int day;
  int hour;
  int minute;
  int second;
  int micro;

  /** East of Greenwich. */
  int offsetSeconds;

  private final byte[] bytes;
  private final int end;
  private int at;

  private DateTimeReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /** A date, with or without a time and an offset; null if it is none. */
  static @Nullable DateTimeReader dateTime(byte[] bytes, int offset, int length) {
    DateTimeReader reader = new DateTimeReader(bytes, offset, length);
    boolean valid =
        reader.readDate()
            && (!(reader.skip(' ', 'T') && reader.isDigit())
                || (reader.readTime() && reader.readOffset()))
            && reader.readEra();
    return valid ? reader : null;
  }

  /** A time, with or without an offset; null if it is none. */
  static @Nullable DateTimeReader time(byte[] bytes, int offset, int length) {
    DateTimeReader reader = new DateTimeReader(bytes, offset, length);
    boolean valid = reader.readTime() && reader.readOffset() && reader.at == reader.end;
    return valid ? reader : null;
  }

  /** The day, counted from the first of 1970, by the Gregorian calendar. */
  long epochDay() {
    // The year begins in March, so that the leap day is its last.
    long shifted = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(shifted, 400L);
    long yearOfEra = shifted - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }

  long secondOfDay() {
    return (hour * 60L + minute) * 60 + second;
  }

  private boolean readDate() {
    year = readNumber();
    if (!skip('-', '-')) {
      return false;
    }
    month = readNumber();
    if (!skip('-', '-')) {
      return false;
    }
    day = readNumber();
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  private boolean readTime() {
    hour = readNumber();
    if (!skip(':', ':')) {
      return false;
    }
    minute = readNumber();
    if (!skip(':', ':')) {
      return false;
    }
    second = readNumber();
    if (skip('.', '.')) {
      micro = readFraction();
    }
    return hour >= 0 && minute >= 0 && second >= 0 && micro >= 0;
  }

  /** Such as +02, -03:30 or +00:53:28; or none. */
  private boolean readOffset() {
    if (at == end || (bytes[at] != '+' && bytes[at] != '-')) {
      return true;
    }
    int sign = bytes[at++] == '-' ? -1 : 1;
    int hours = readNumber();
    int minutes = skip(':', ':') ? readNumber() : 0;
    int seconds = skip(':', ':') ? readNumber() : 0;
    offsetSeconds = sign * ((hours * 60 + minutes) * 60 + seconds);
    return hours >= 0 && minutes >= 0 && seconds >= 0;
  }

  private boolean readEra() {
    if (at < end && bytes[at] == ' ') {
      at++;
    }
    if (end - at == 2 && bytes[at] == 'B' && bytes[at + 1] == 'C') {
      year = 1 - year;
      at = end;
    }
    return at == end;
  }

  /** Below zero if there is none. */
  private int readNumber() {
    int from = at;
    int number = 0;
    while (isDigit() && at - from < 9) {
      number = number * 10 + bytes[at++] - '0';
    }
    return at == from ? -1 : number;
  }

  private int readFraction() {
    int from = at;
    int fraction = readNumber();
    if (at - from > MICRO_DIGITS) {
      return -1;
    }
    for (int digits = at - from; digits < MICRO_DIGITS; digits++) {
      fraction *= 10;
    }
    return fraction;
  }

  private boolean isDigit() {
    return at < end && bytes[at] >= '0' && bytes[at] <= '9';
  }

  private boolean skip(char one, char other) {
    if (at < end && (bytes[at] == one || bytes[at] == other)) {
      at++;
      return true;
    }
    return false;
  }
}
