package dev.puck.bridge.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a table is captured; the parameters of {@code puck.watch}, which explains them and checks
 * them.
 *
 * @param columns these alone; null for all
 * @param exclude not these; empty where {@code columns} is given
 * @param mask JSON object of what to put in place of columns' values; null for none
 * @param filter SQL over {@code new}; null for all rows
 * @param replica also what replication writes
 * @param generated also generated columns
 */
public record WatchOptions(
    @Nullable List<String> columns,
    List<String> exclude,
    @Nullable String mask,
    @Nullable String filter,
    boolean replica,
    boolean generated) {
  /** All rows with all columns but generated ones. */
  public static final WatchOptions NONE =
      new WatchOptions(null, List.of(), null, null, false, false);

  public WatchOptions {
    columns = columns == null ? null : List.copyOf(columns);
    exclude = List.copyOf(exclude);
  }
}
