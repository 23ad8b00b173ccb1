package dev.puck.bridge.source.outbox;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that watched tables had before they were watched, in ranges of their keys. Each range is
 * read under the snapshot that read the outbox just before: what it shows is newer than every
 * change read so far and older than every one that follows. Owned by the reader's thread.
 */
final class StartingStateReader {
  private static final Logger LOGGER = LoggerFactory.getLogger(StartingStateReader.class);
  private static final int FIRST_RANGE_ROWS = 256;
  private static final int MOST_RANGE_ROWS = 2_000;
  private static final int GROWTH = 4;

  /** SQLSTATEs of values that are not what they should be. */
  private static final String WRONG_VALUE = "22";

  private final SourceListener listener;
  private final Milestones milestones;
  private final WatchedTables watched = new WatchedTables();
  private @Nullable WatchedTable scanned;
  private @Nullable TableScan scan;
  private int rangeRows = FIRST_RANGE_ROWS;

  StartingStateReader(SourceListener listener, Milestones milestones) {
    this.listener = listener;
    this.milestones = milestones;
  }

  /**
   * The table whose rows come next; empty when all are complete. Ends the session's transaction,
   * unless {@link #isWithin}.
   */
  Optional<WatchedTable> next(OutboxSession session, OutboxPosition position) throws SQLException {
    if (scan != null) {
      return Optional.ofNullable(scanned);
    }
    watched.refreshIfOld(session);
    return watched.first(table -> !stateOf(table, position).done());
  }

  /** Whether a table without key is being read, whose rows belong together. */
  boolean isWithin() {
    return scan != null;
  }

  /** The connection is gone, and what was open on it. */
  void forget() {
    scan = null;
    watched.forget();
  }

  /**
   * A part of a table's starting state.
   *
   * @param states those of all watched tables after it
   */
  record Range(List<RowChange> rows, Map<Integer, StartingState> states) {}

  /**
   * The next range of that table, in the transaction of {@link OutboxSession#lookAndStay}, which
   * must go on while {@link #isWithin}.
   *
   * @param position before it
   */
  Range read(
      OutboxSession session, WatchedTable table, OutboxPosition position, OutboxChanges changes)
      throws SQLException {
    boolean isBegun = scan != null;
    try {
      return range(session, table, position, changes);
    } catch (SQLException e) {
      if (isBegun) {
        throw e;
      }
      return instead(session, table, position, e);
    }
  }

  private Range range(
      OutboxSession session, WatchedTable table, OutboxPosition position, OutboxChanges changes)
      throws SQLException {
    TableScan current = scan;
    if (current == null) {
      @Nullable String after = stateOf(table, position).after();
      current = new TableScan(session, table, after, rangeRows, changes);
    }
    List<RowChange> rows = current.next();
    scanned = table;
    if (current.isUnfinished()) {
      scan = current;
    } else {
      scan = null;
      current.close();
      // Of large rows, PostgreSQL should not make more than are taken.
      rangeRows =
          current.isCutShort() ? rows.size() : Math.min(MOST_RANGE_ROWS, rangeRows * GROWTH);
    }
    tell(session.connection(), table, rows.size(), current.isTheEnd());
    milestones.passed(Milestone.STARTING_STATE);
    StartingState state =
        current.isTheEnd() ? StartingState.DONE : new StartingState(current.last(), false);
    return new Range(rows, states(position, table, state));
  }

  /** What the table's owner may do meanwhile must not stop the bridge. */
  private Range instead(
      OutboxSession session, WatchedTable table, OutboxPosition position, SQLException e)
      throws SQLException {
    session.end();
    watched.refresh(session);
    if (!watched.has(table)) {
      LOGGER.atInfo().addKeyValue("table", table.relation().name()).log("Watched no more");
      return new Range(List.of(), position.tables());
    }
    if (PostgresFailure.stateOf(e).startsWith(WRONG_VALUE)
        && stateOf(table, position).after() != null) {
      LOGGER
          .atWarn()
          .addKeyValue("table", table.relation().name())
          .addKeyValue("error", e.getMessage())
          .log("The primary key was changed; its starting state begins again");
      return new Range(List.of(), states(position, table, StartingState.BEGINNING));
    }
    throw e;
  }

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
    states.keySet().retainAll(watched.ids());
    states.put(table.id(), state);
    return states;
  }

  private static StartingState stateOf(WatchedTable table, OutboxPosition position) {
    return position.tables().getOrDefault(table.id(), StartingState.BEGINNING);
  }
}
