package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.wal.pgoutput.Tuple;
import java.util.Arrays;

/**
 * The text format of {@code COPY … TO}: the text output of each value, which is what the WAL's
 * stream has, too.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>
 */
final class CopyText {
  private static final int ESCAPE = '\\';

  private CopyText() {}

  /** The values of a line. It is used up: its bytes become those of the tuple. */
  static Tuple tuple(byte[] line, int columns) {
    int[] places = new int[2 * columns];
    if (columns == 0) {
      return Tuple.of(line, places);
    }
    int write = 0;
    int column = 0;
    int begin = 0;
    int read = 0;
    boolean isNull = false;
    int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    while (read <= end) {
      if (read == end || line[read] == '\t') {
        requireColumn(column < columns, line);
        places[2 * column] = begin;
        places[2 * column + 1] = isNull ? Tuple.NULL : write - begin;
        column++;
        begin = write;
        isNull = false;
        read++;
      } else if (line[read] == ESCAPE) {
        isNull = line[read + 1] == 'N';
        if (!isNull) {
          line[write++] = meant(line[read + 1]);
        }
        read += 2;
      } else {
        line[write++] = line[read++];
      }
    }
    requireColumn(column == columns, line);
    return Tuple.of(line, places);
  }

  /** A backslash of the value is always doubled, so that one before N is never the value's. */
  private static byte meant(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> letter;
    };
  }

  private static void requireColumn(boolean good, byte[] line) {
    if (!good) {
      throw new IllegalStateException(
          "A line of COPY has another number of values: "
              + Arrays.toString(Arrays.copyOf(line, Math.min(line.length, 100))));
    }
  }
}
