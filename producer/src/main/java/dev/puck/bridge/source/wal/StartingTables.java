package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.StartingState;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables of a publication, asked for every other second at most: one that is added meanwhile is
 * noticed then. Owned by one thread.
 */
final class StartingTables {
  private static final long REFRESH_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long ASK_NANOS = Duration.ofMillis(50).toNanos();

  private static final String SNAPSHOT =
      """
      select pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint
        from pg_current_snapshot() as s
      """;

  private final Connection connection;
  private final String publication;
  private List<StartingTable> tables = List.of();

  /**
   * By a table's id: a transaction before this one may have changed the table when it was not yet
   * published, which the WAL does not tell.
   */
  private final Map<String, Long> noticed = new HashMap<>();

  /** Whether none was due when last asked: none will be before they are asked for again. */
  private boolean isQuiet;

  private long refreshed = System.nanoTime() - REFRESH_NANOS;
  private long asked = System.nanoTime() - ASK_NANOS;
  private long xmin;

  /**
   * @param connection to ask the catalog over, in auto-commit mode
   */
  StartingTables(Connection connection, String publication) {
    this.connection = connection;
    this.publication = publication;
  }

  /** One whose rows are to be read next, and can be; empty if there is none at the moment. */
  Optional<StartingTable> next(Map<String, StartingState> states) throws SQLException {
    long now = System.nanoTime();
    if (now - refreshed >= REFRESH_NANOS) {
      refresh();
    } else if (isQuiet) {
      return Optional.empty();
    }
    List<StartingTable> due =
        tables.stream().filter(each -> !stateOf(each, states).done()).toList();
    isQuiet = due.isEmpty();
    if (due.stream().anyMatch(each -> !isSettled(each)) && now - asked >= ASK_NANOS) {
      asked = now;
      xmin = Query.one(connection, SNAPSHOT, row -> row.getLong(1));
    }
    return due.stream().filter(this::isSettled).findFirst();
  }

  /** Asks what there is now. */
  void refresh() throws SQLException {
    tables = StartingTable.of(connection, publication);
    refreshed = System.nanoTime();
    Set<String> ids = ids();
    noticed.keySet().retainAll(ids);
    if (!noticed.keySet().containsAll(ids)) {
      long xmax = Query.one(connection, SNAPSHOT, row -> row.getLong(2));
      ids.forEach(id -> noticed.putIfAbsent(id, xmax));
    }
  }

  Set<String> ids() {
    return tables.stream().map(StartingTable::id).collect(Collectors.toSet());
  }

  static StartingState stateOf(StartingTable table, Map<String, StartingState> states) {
    return states.getOrDefault(table.id(), StartingState.BEGINNING);
  }

  private boolean isSettled(StartingTable table) {
    return xmin >= noticed.getOrDefault(table.id(), Long.MAX_VALUE);
  }
}
