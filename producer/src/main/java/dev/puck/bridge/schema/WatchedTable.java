package dev.puck.bridge.schema;

import java.time.Instant;
import java.util.List;

/**
 * A table that is captured.
 *
 * @param relation its oid
 * @param name as it was when it was watched last, qualified and quoted as SQL wants it; changes go
 *     by it
 * @param catalogName the same as the catalog has it, without quotes
 * @param exists whether the table is still there
 * @param keyColumns of the primary key; empty without one
 * @param version how often it was watched
 * @param options how it is captured
 * @param watchedAt since when so
 */
public record WatchedTable(
    long relation,
    String name,
    String catalogName,
    boolean exists,
    List<String> keyColumns,
    int version,
    WatchOptions options,
    Instant watchedAt) {
  public WatchedTable {
    keyColumns = List.copyOf(keyColumns);
  }
}
