package dev.puck.bridge.source.wal;

import static java.util.Objects.requireNonNull;

import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.StartingState;
import dev.puck.bridge.source.wal.pgoutput.Tuple;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table under one snapshot, which wait for their place in the stream: a range of the
 * primary key; or all, in parts, where there is no key from which one could go on. Owned by one
 * thread.
 */
final class StartingRange {
  /** Of large rows, PostgreSQL should not make more than are taken: small steps at first. */
  static final int FIRST_ROWS = 64;

  private static final int GROWTH = 4;
  private static final int MAX_ROWS = 2_000;
  private static final long MAX_BYTES = 1 << 20;

  private final StartingTable table;
  private final StartingScan scan;
  private final StartingScan.Begun begun;
  private final StartingWindow window;
  private final ChangeWriter writer;
  private final String idPrefix;
  private List<RowChange> rows = List.of();
  private @Nullable Tuple last;
  private boolean isTheEnd;
  private boolean isCutShort;
  private long count;

  private StartingRange(
      StartingTable table, StartingScan scan, StartingScan.Begun begun, ChangeWriter writer) {
    this.table = table;
    this.scan = scan;
    this.begun = begun;
    this.window = new StartingWindow(table.relation(), begun.snapshot());
    this.writer = writer;
    this.idPrefix = begun.system() + ":s" + table.id() + ':';
  }

  /**
   * Reads the first rows, and marks the stream.
   *
   * @param state where the range before came to
   * @param marking a connection in auto-commit mode, to write the mark over
   * @param maxRows at most so many in a range
   * @throws SQLException also if that was by another key, with the SQLSTATE of a wrong value
   */
  static StartingRange read(
      StartingTable table,
      StartingState state,
      StartingScan scan,
      ChangeWriter writer,
      Connection marking,
      int maxRows)
      throws SQLException {
    StartingScan.Begun begun = scan.begin(table);
    StartingRange range = new StartingRange(table, scan, begun, writer);
    StartingMark.write(marking, range.window.token());
    if (begun.key().isPresent()) {
      range.readRange(begun.key().beyond(state.after()), maxRows);
      scan.end();
    } else {
      scan.select(table, begun, "true", 0);
      range.readPart();
    }
    return range;
  }

  StartingTable table() {
    return table;
  }

  StartingWindow window() {
    return window;
  }

  /** The rows that were read. */
  List<RowChange> rows() {
    return rows;
  }

  /** Whether the table has no more rows than those read. */
  boolean isTheEnd() {
    return isTheEnd;
  }

  /** Whether more rows belong together with those read: there is no place to go on between. */
  boolean isUnfinished() {
    return !begun.key().isPresent() && !isTheEnd;
  }

  /** How far the table has come with these rows, unless {@link #isUnfinished}. */
  StartingState state() {
    return isTheEnd
        ? StartingState.DONE
        : new StartingState(begun.key().place(requireNonNull(last), begun.columns()), false);
  }

  /** How many rows a range should have that follows one of so many at most. */
  int rowsForTheNext(int maxRows) {
    return isCutShort ? Math.max(1, rows.size()) : Math.min(MAX_ROWS, maxRows * GROWTH);
  }

  private void readRange(List<String> conditions, int maxRows) throws SQLException {
    List<RowChange> read = new ArrayList<>();
    for (int i = 0; i < conditions.size() && read.size() < maxRows && !isCutShort; i++) {
      scan.select(table, begun, conditions.get(i), maxRows - read.size());
      isCutShort = isFilledUp(read, Integer.MAX_VALUE);
    }
    isTheEnd = read.size() < maxRows && !isCutShort;
    rows = read;
  }

  /** The next part of a table without key. */
  void readPart() throws SQLException {
    List<RowChange> read = new ArrayList<>();
    isTheEnd = !isFilledUp(read, MAX_ROWS);
    rows = read;
  }

  /** Reads what was selected, as far as there is room; whether there was too little. */
  private boolean isFilledUp(List<RowChange> read, int maxRows) throws SQLException {
    long bytes = 0;
    while (read.size() < maxRows && bytes < MAX_BYTES) {
      Tuple row = scan.next(begun);
      if (row == null) {
        return false;
      }
      RowChange change = change(row);
      read.add(change);
      bytes += change.sizeInBytes();
      last = row;
    }
    return true;
  }

  private RowChange change(Tuple row) throws SQLException {
    long number = count++;
    return writer.read(
        begun.definition(),
        row,
        Instant.now(),
        key -> idPrefix + (key == null ? "#" + number : key));
  }
}
