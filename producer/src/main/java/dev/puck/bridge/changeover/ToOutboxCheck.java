package dev.puck.bridge.changeover;

import dev.puck.bridge.schema.WatchedTable;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.outbox.OutboxAdministration;
import dev.puck.bridge.source.wal.WalAdministration;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees that what comes from the WAL can be captured by the outbox in the same way. */
final class ToOutboxCheck {
  private final Sources sources;
  private final List<Problem> problems = new ArrayList<>();

  ToOutboxCheck(Sources sources) {
    this.sources = sources;
  }

  /** The published tables that are not watched. */
  static List<Publication.Table> uncaptured(Sources sources) throws SQLException {
    Set<Long> watched =
        sources.watches().list().stream()
            .map(WatchedTable::relation)
            .collect(Collectors.toUnmodifiableSet());
    return tables(sources).stream().filter(table -> !watched.contains(table.oid())).toList();
  }

  /**
   * Sees all of it.
   *
   * @throws ConfigException with all that is wrong
   */
  void require(Position at) throws SQLException {
    try (OutboxAdministration outbox = sources.openOutbox()) {
      outbox.requireReadable();
    }
    Set<Long> complete;
    try (WalAdministration wal = sources.openWal()) {
      // Whether it is ahead of the checkpoint is seen later, when the bridge does not move both.
      wal.earliest();
      complete = wal.complete(at);
    }
    if (sources.isFullOfSlots()) {
      add(
          "All slots that max_replication_slots allows are in use, and one more is needed for a"
              + " moment. Drop one that nobody needs, or raise it and restart PostgreSQL.");
    }
    problems.addAll(sources.captureProblems());
    for (Publication.Table table : uncaptured(sources)) {
      checkUncaptured(table);
    }
    if (sources.config().wal().startingState()) {
      tables(sources).stream()
          .filter(table -> !complete.contains(table.oid()))
          .forEach(
              table ->
                  add(
                      "The rows that table %s had when it was published are not all relayed yet."
                          + " Let the bridge run until they are.",
                      table.name()));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private void checkUncaptured(Publication.Table table) throws SQLException {
    if (table.someColumns() || table.someRows()) {
      add(
          "Table %s is published with some of its %s. Watch it in the same way first: puck watch %s"
              + " …",
          table.name(), table.someColumns() ? "columns" : "rows", table.name());
    }
    Query.list(
            sources.connection(),
            "select puck.refusal(?::oid::regclass)",
            row -> String.valueOf(row.getString(1)),
            Long.toString(table.oid()))
        .stream()
        .filter(refusal -> !refusal.equals("null"))
        .forEach(refusal -> add("Table %s cannot be watched: %s", table.name(), refusal));
  }

  private static List<Publication.Table> tables(Sources sources) throws SQLException {
    return sources.publication().map(Publication::tables).orElse(List.of());
  }

  private void add(String format, Object... values) {
    problems.add(new Problem("", format.formatted(values)));
  }
}
