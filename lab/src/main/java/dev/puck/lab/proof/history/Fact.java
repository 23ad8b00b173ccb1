package dev.puck.lab.proof.history;

import org.jspecify.annotations.Nullable;

/**
 * One change, as the truth tells it and as a record tells it. A changed primary key is a deletion
 * and a creation.
 *
 * @param table as {@code schema.table}; of a message, {@link #MESSAGES} and the channel
 * @param op {@code c}reate, {@code u}pdate, {@code d}elete, {@code r}ead, {@code t}runcate, {@code
 *     m}essage
 * @param key null where there is none
 * @param before null where there was none
 * @param after null where there is none; of a message its payload
 */
public record Fact(
    String table, char op, @Nullable String key, @Nullable Image before, @Nullable Image after) {
  /** What the name of a channel begins with, where a table's might stand. */
  public static final String MESSAGES = "message:";

  /** Tells facts apart, but for changes that change nothing. */
  public String identity() {
    return table + ' ' + op + ' ' + key + ' ' + eid(before) + '>' + eid(after);
  }

  /** The table and the key: where order matters. */
  public @Nullable String line() {
    return key == null ? null : table + ' ' + key;
  }

  /** Whether the row is left as it was. */
  public boolean changesNothing() {
    return op == 'u' && before != null && before.equals(after);
  }

  private static String eid(@Nullable Image image) {
    return image == null ? "" : Long.toString(image.eid());
  }
}
