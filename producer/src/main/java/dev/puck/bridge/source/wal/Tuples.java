package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.wal.pgoutput.Tuple;
import java.util.Arrays;

/** Compares values of tuples. */
final class Tuples {
  private Tuples() {}

  /** Whether a column has the same value in both. */
  static boolean isSame(Tuple one, Tuple other, int column) {
    int length = one.length(column);
    if (length < 0 || other.length(column) < 0) {
      return length == other.length(column);
    }
    return Arrays.equals(
        one.bytes(),
        one.offset(column),
        one.offset(column) + length,
        other.bytes(),
        other.offset(column),
        other.offset(column) + other.length(column));
  }
}
