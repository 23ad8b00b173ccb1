package dev.puck.bridge.type;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Timestamps with time zone, as ISO 8601 in UTC. */
final class IsoTimestamp implements ScalarWriter {
  private static final int MICRO_DIGITS = 6;

  private final int fractionDigits;

  /** With so many digits of a second, 0 to 6. */
  IsoTimestamp(int fractionDigits) {
    this.fractionDigits = fractionDigits;
  }

  @Override
  public boolean write(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (InfinityText.sign(bytes, offset, length) != 0) {
      json.string(bytes, offset, length);
      return true;
    }
    @Nullable DateTimeReader at = DateTimeReader.dateTime(bytes, offset, length);
    if (at == null) {
      return false;
    }
    if (at.offsetSeconds != 0) {
      toUtc(at);
    }
    write(at, fractionDigits, "Z", json);
    return true;
  }

  static void write(DateTimeReader at, int fractionDigits, String zone, JsonBuffer json) {
    json.letter('"');
    writeYear(at.year, json);
    json.letter('-')
        .digits(at.month, 2)
        .letter('-')
        .digits(at.day, 2)
        .letter('T')
        .digits(at.hour, 2)
        .letter(':')
        .digits(at.minute, 2)
        .letter(':')
        .digits(at.second, 2);
    if (fractionDigits > 0) {
      int fraction = at.micro;
      for (int digits = MICRO_DIGITS; digits > fractionDigits; digits--) {
        fraction /= 10;
      }
      json.letter('.').digits(fraction, fractionDigits);
    }
    json.raw(zone).letter('"');
  }

  /** Four digits at least; with a sign where that is not enough, or below zero. */
  private static void writeYear(int year, JsonBuffer json) {
    if (year > 9_999) {
      json.letter('+').number(year);
    } else if (year < 0) {
      json.letter('-').digits(-year, 4);
    } else {
      json.digits(year, 4);
    }
  }

  /** Only where the session does not have {@link OutputSettings}. */
  private static void toUtc(DateTimeReader at) {
    long second = at.epochDay() * 86_400 + at.secondOfDay() - at.offsetSeconds;
    LocalDateTime utc = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    at.year = utc.getYear();
    at.month = utc.getMonthValue();
    at.day = utc.getDayOfMonth();
    at.hour = utc.getHour();
    at.minute = utc.getMinute();
    at.second = utc.getSecond();
    at.offsetSeconds = 0;
  }
}
