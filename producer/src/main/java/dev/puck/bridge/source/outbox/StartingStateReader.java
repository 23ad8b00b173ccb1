package dev.puck.bridge.source.outbox;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.outbox.OutboxPosition.StartingState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that watched tables had before they were watched, in ranges of their keys. Each range is
 * read under the snapshot that read the outbox just before: what it shows is newer than every
 * change read so far and older than every one that follows. Owned by the reader's thread.
 */
final class StartingStateReader {
  private static final int RANGE_ROWS = 2_000;

  private final SourceListener listener;
  private final Milestones milestones;
  private Map<Integer, WatchedTable> watched = Map.of();
  private @Nullable TableScan scan;

  StartingStateReader(SourceListener listener, Milestones milestones) {
    this.listener = listener;
    this.milestones = milestones;
  }

  /** Looks which tables are watched. */
  void refresh(OutboxSession session) throws SQLException {
    Map<Integer, WatchedTable> found = new HashMap<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                "select id, schema_name, table_name from puck.watched where relation::oid in"
                    + " (select oid from pg_class)")) {
      while (row.next()) {
        found.put(
            row.getInt(1),
            new WatchedTable(row.getInt(1), new Relation(row.getString(2), row.getString(3))));
      }
    }
    session.end();
    watched = found;
  }

  /** The table whose rows come next; empty when all are complete. */
  Optional<WatchedTable> next(OutboxPosition position) {
    return watched.values().stream()
        .filter(table -> !stateOf(table, position).done())
        .min(Comparator.comparingInt(WatchedTable::id));
  }

  /** Whether a table without key is being read, whose rows belong together. */
  boolean isWithin() {
    return scan != null;
  }

  /** The connection is gone, and what was open on it. */
  void forget() {
    scan = null;
  }

  /**
   * The next range of that table, in the transaction of {@link OutboxSession#lookAndStay}, which
   * must go on while {@link #isWithin}.
   *
   * @param position before it
   */
  Range read(
      OutboxSession session, WatchedTable table, OutboxPosition position, OutboxChanges changes)
      throws SQLException {
    TableScan current = scan;
    if (current == null) {
      @Nullable String after = stateOf(table, position).after();
      current = TableScan.open(session.connection(), table, after, RANGE_ROWS, changes);
    }
    List<Change> rows = current.next();
    scan = current.isUnfinished() ? current : null;
    boolean done = current.isTheEnd();
    tell(session.connection(), table, rows.size(), done);
    milestones.passed(Milestone.STARTING_STATE);
    StartingState state = done ? StartingState.DONE : new StartingState(current.last(), false);
    return new Range(rows, states(position, table, state));
  }

  /**
   * A part of a table's starting state.
   *
   * @param states those of all watched tables after it
   */
  record Range(List<Change> rows, Map<Integer, StartingState> states) {}

  private void tell(Connection connection, WatchedTable table, int rows, boolean done)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select puck.starting_estimate(?)")) {
      statement.setInt(1, table.id());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        listener.startingState(table.relation(), rows, row.getLong(1), done);
      }
    }
  }

  /** Tables that are watched no more are forgotten. */
  private Map<Integer, StartingState> states(
      OutboxPosition position, WatchedTable table, StartingState state) {
    Map<Integer, StartingState> states = new HashMap<>(position.tables());
    Set<Integer> kept = new HashSet<>(watched.keySet());
    states.keySet().retainAll(kept);
    states.put(table.id(), state);
    return states;
  }

  private static StartingState stateOf(WatchedTable table, OutboxPosition position) {
    return position.tables().getOrDefault(table.id(), new StartingState(null, false));
  }
}
