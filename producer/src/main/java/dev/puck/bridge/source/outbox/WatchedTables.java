package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Relation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The tables that are watched, asked for every other second at most: a table that is watched
 * meanwhile is noticed then. Owned by one thread.
 */
final class WatchedTables {
  private static final long REFRESH_NANOS = Duration.ofSeconds(2).toNanos();

  private static final String EXISTING =
      """
      select id, schema_name, table_name
        from puck.watched
       where relation::oid in (select oid from pg_class)
      """;

  private final TreeMap<Integer, WatchedTable> byId = new TreeMap<>();
  private boolean isKnown;
  private long refreshed;

  /** Ends the session's transaction. */
  void refreshIfOld(OutboxSession session) throws SQLException {
    if (!isKnown || System.nanoTime() - refreshed >= REFRESH_NANOS) {
      refresh(session);
    }
  }

  /** The same now. */
  void refresh(OutboxSession session) throws SQLException {
    byId.clear();
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(EXISTING)) {
      while (row.next()) {
        int id = row.getInt(1);
        byId.put(id, new WatchedTable(id, new Relation(row.getString(2), row.getString(3))));
      }
    }
    session.end();
    isKnown = true;
    refreshed = System.nanoTime();
  }

  /** Asks again next time. */
  void forget() {
    isKnown = false;
  }

  /** The one that was watched first, of those. */
  Optional<WatchedTable> first(Predicate<WatchedTable> which) {
    return byId.values().stream().filter(which).findFirst();
  }

  boolean has(WatchedTable table) {
    return byId.containsKey(table.id());
  }

  Set<Integer> ids() {
    return byId.keySet();
  }
}
