package dev.puck.bridge.source.wal;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that published tables had before the slot, or before they were published: one {@link
 * StartingRange} after the other, each at its place in the stream (see {@link StartingWindow}).
 * Owned by one thread.
 */
final class StartingRows implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(StartingRows.class);

  /** SQLSTATEs of values that are not what they should be. */
  private static final String WRONG_VALUE = "22";

  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  private final Connection catalog;
  private final Postgres postgres;
  private final String publication;
  private final String system;
  private final ChangeWriter writer;
  private final SourceListener listener;
  private final Milestones milestones;
  private final StartingTables tables;
  private @Nullable StartingScan scan;
  private @Nullable StartingRange range;
  private int maxRows = StartingRange.FIRST_ROWS;
  private long notBefore = System.nanoTime();

  /**
   * @param catalog to ask the catalog and to write marks over; stays open
   * @param system the cluster's identifier
   * @param writer of rows, whose questions go over {@code catalog}, too
   */
  StartingRows(
      Connection catalog,
      Postgres postgres,
      String publication,
      String system,
      ChangeWriter writer,
      SourceListener listener,
      Milestones milestones) {
    this.catalog = catalog;
    this.postgres = postgres;
    this.publication = publication;
    this.system = system;
    this.writer = writer;
    this.listener = listener;
    this.milestones = milestones;
    this.tables = new StartingTables(catalog, publication);
  }

  /**
   * What is to be published now.
   *
   * @param states of all tables after it; null: what follows belongs to it, and there is no place
   *     to go on between
   */
  record Part(List<Change> changes, @Nullable Map<String, StartingState> states) {}

  /** Begins with the next range, if one is due and none is under way. */
  void advance(Map<String, StartingState> states) throws SQLException {
    if (range != null || System.nanoTime() - notBefore < 0) {
      return;
    }
    @Nullable StartingTable next = tables.next(states).orElse(null);
    if (next == null) {
      closeScan();
    } else {
      read(next, StartingTables.stateOf(next, states));
    }
  }

  /** Looks at what the stream told last: the changes from that index on. */
  void pass(List<Change> changes, int from) throws SQLException {
    StartingRange current = range;
    if (current == null) {
      return;
    }
    current.window().holdBack(changes, from);
    if (current.window().isSpoiled()) {
      LOGGER
          .atInfo()
          .addKeyValue("table", current.table().relation().name())
          .log("There was no place for these rows; they are read again");
      changes.addAll(from, current.window().held());
      leave();
    }
  }

  /** A mark came by in the stream, between all that was told before and all that follows. */
  void mark(String content) {
    if (range != null) {
      range.window().mark(content);
    }
  }

  /** Whether {@link #next} is to be asked before the stream goes on. */
  boolean isReady() {
    return range != null && range.window().isPassed();
  }

  /** Whether the stream's position leaves something out. */
  boolean isHolding() {
    return range != null && range.window().isHolding();
  }

  /** The next rows, and after the last what was held back for them. */
  Part next(Map<String, StartingState> states) throws SQLException {
    StartingRange current = range;
    if (current == null) {
      throw new IllegalStateException("No rows are ready");
    }
    List<Change> changes = new ArrayList<>(current.rows());
    listener.startingState(
        current.table().relation(), changes.size(), current.table().estimate(), current.isTheEnd());
    milestones.passed(Milestone.STARTING_STATE);
    if (current.isUnfinished()) {
      current.readPart();
      return new Part(changes, null);
    }
    changes.addAll(current.window().held());
    leave();
    return new Part(changes, with(states, current.table(), current.state()));
  }

  @Override
  public void close() throws SQLException {
    range = null;
    closeScan();
  }

  private void read(StartingTable table, StartingState state) throws SQLException {
    StartingScan open = scan();
    try {
      StartingRange next = StartingRange.read(table, state, open, writer, catalog, maxRows);
      maxRows = next.rowsForTheNext(maxRows);
      range = next;
    } catch (SQLException e) {
      open.end();
      if (PostgresFailure.stateOf(e).startsWith(WRONG_VALUE) && state.after() != null) {
        LOGGER
            .atWarn()
            .addKeyValue("table", table.relation().name())
            .addKeyValue("error", e.getMessage())
            .log("The primary key was changed; its starting state begins again");
        read(table, StartingState.BEGINNING);
      } else {
        instead(table, e);
        notBefore = System.nanoTime() + RETRY_NANOS;
      }
    }
  }

  /** What the table's owner may do meanwhile must not stop the bridge. */
  private void instead(StartingTable table, SQLException e) throws SQLException {
    switch (PostgresFailure.stateOf(e)) {
      case "3F000", "42P01", "42703", "55P03" -> {
        LOGGER
            .atInfo()
            .addKeyValue("table", table.relation().name())
            .addKeyValue("error", PostgresFailure.sentence(e))
            .log("Its rows cannot be read now; trying again");
        tables.refresh();
      }
      case "42501" ->
          throw new ConfigException(
              "The rows that table "
                  + table.relation().name()
                  + " has already cannot be read ("
                  + PostgresFailure.sentence(e)
                  + ") The bridge's role needs select on it, and all rows where it has row level"
                  + " security; or set bridge.wal.starting-state: false",
              e);
      default -> throw e;
    }
  }

  /** Tables that are published no more are forgotten. */
  private Map<String, StartingState> with(
      Map<String, StartingState> states, StartingTable table, StartingState state) {
    Map<String, StartingState> after = new HashMap<>(states);
    after.keySet().retainAll(tables.ids());
    after.put(table.id(), state);
    return after;
  }

  /** The range is over, or will be read again. */
  private void leave() throws SQLException {
    range = null;
    scan().end();
  }

  private StartingScan scan() throws SQLException {
    StartingScan open = scan;
    if (open == null || !open.isOpen()) {
      open = StartingScan.open(postgres, publication, system);
      scan = open;
    }
    return open;
  }

  private void closeScan() throws SQLException {
    StartingScan open = scan;
    scan = null;
    if (open != null) {
      open.close();
    }
  }
}
