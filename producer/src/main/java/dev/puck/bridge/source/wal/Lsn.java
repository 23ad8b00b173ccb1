package dev.puck.bridge.source.wal;

import java.util.regex.Pattern;
import org.postgresql.replication.LogSequenceNumber;

/** Places in the WAL: unsigned numbers, and the texts that PostgreSQL shows of them. */
final class Lsn {
  private static final Pattern TEXT = Pattern.compile("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}");

  private Lsn() {}

  static String text(long lsn) {
    return LogSequenceNumber.valueOf(lsn).asString();
  }

  /**
   * The number.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long parse(String text) {
    // What the driver cannot read it takes for "invalid", which is 0/0.
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no position in the WAL");
    }
    return LogSequenceNumber.valueOf(text).asLong();
  }

  static boolean isBefore(long lsn, long other) {
    return Long.compareUnsigned(lsn, other) < 0;
  }

  static long later(long lsn, long other) {
    return isBefore(lsn, other) ? other : lsn;
  }
}
