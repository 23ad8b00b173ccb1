package dev.puck.lab.proof.history;

import org.jspecify.annotations.Nullable;

/**
 * A row, or a message's payload, as both sides spell it: equal rows have equal texts.
 *
 * @param text all columns in the table's order, between {@link #SEPARATOR}s; long values by their
 *     hash
 * @param eid the number of the event that made it: every change has its own, but for those that
 *     change nothing
 */
public record Image(String text, long eid) {
  /** What stands for a value that an update left alone, where nobody can tell it. */
  public static final String UNAVAILABLE = "__debezium_unavailable_value";

  /** Which no value of the workload has. */
  static final char SEPARATOR = '\u001f';

  private static final String HOLE = "='" + UNAVAILABLE + '\'';

  /** The same, where what nobody could tell is as in another state of the row. */
  public Image over(@Nullable Image other) {
    if (other == null || !text.contains(HOLE)) {
      return this;
    }
    String[] mine = text.split(String.valueOf(SEPARATOR), -1);
    String[] known = other.text.split(String.valueOf(SEPARATOR), -1);
    for (int i = 0; i < Math.min(mine.length, known.length); i++) {
      mine[i] = mine[i].endsWith(HOLE) ? known[i] : mine[i];
    }
    return new Image(String.join(String.valueOf(SEPARATOR), mine), eid);
  }

  @Override
  public String toString() {
    return text.replace(SEPARATOR, ' ');
  }
}
