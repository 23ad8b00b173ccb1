package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks once for what a position does not cover. Rows and snapshot come from one statement, so that
 * the snapshot is the one that read the rows. Lives as long as the connection. Owned by one thread.
 */
final class OutboxQuery {
  /** From these on, a batch is read in parts. */
  static final int MAX_ROWS = 10_000;

  static final long MAX_BYTES = 4 << 20;

  private final PreparedStatement statement;
  private final Captures captures;

  /** On a connection that does not commit by itself. */
  OutboxQuery(Connection connection, OutboxRules rules, Captures captures) throws SQLException {
    this.captures = captures;
    // Ordered here: if there is too much, PostgreSQL would order all of it for nothing.
    // The time is that of "begin": that of the statement is when the rows were asked for, which is
    // after the snapshot was taken.
    this.statement =
        connection.prepareStatement(
            """
            select %s, pg_current_snapshot()::text,
                   round(date_part('epoch', now()) * 1000000)::bigint,
                   pg_current_wal_flush_lsn()::text
             union all
            select %s, null, null, null
              from (select *
                      from %s as o
                     where %s
                     limit %d) as o
            """
                .formatted(
                    OutboxCursor.NO_COLUMNS,
                    OutboxCursor.COLUMNS,
                    OutboxCursor.OUTBOX,
                    rules.uncovered(),
                    MAX_ROWS));
  }

  /** Leaves the transaction open: the caller, in whose transaction nothing ran before, ends it. */
  ReadResult look(Snapshot covered) throws SQLException {
    bind(statement, 1, covered);
    try (OutboxCursor cursor = OutboxCursor.open(statement, captures)) {
      ResultSet header = cursor.other();
      int first = OutboxCursor.COUNT + 1;
      Snapshot seen = Snapshot.parse(header.getString(first));
      Instant at = instant(header.getLong(first + 1));
      String wal = header.getString(first + 2);
      List<OutboxRow> rows = new ArrayList<>();
      boolean complete = fetch(cursor, rows);
      rows.sort(Comparator.comparingLong(OutboxRow::id));
      return new ReadResult(rows, complete, seen, at, wal);
    }
  }

  /** Fetches up to the limits; whether that was all. */
  private static boolean fetch(OutboxCursor cursor, List<OutboxRow> rows) throws SQLException {
    long bytes = 0;
    @Nullable OutboxRow next = cursor.next();
    while (next != null) {
      rows.add(next);
      bytes += next.sizeInBytes();
      if (rows.size() >= MAX_ROWS || bytes >= MAX_BYTES) {
        return false;
      }
      next = cursor.next();
    }
    return true;
  }

  /** Gives a statement a position, as {@link OutboxRules#uncovered} wants it. */
  static int bind(PreparedStatement statement, int at, Snapshot covered) throws SQLException {
    statement.setString(at, Long.toString(covered.xmax()));
    statement.setString(at + 1, array(covered.inProgress()));
    return at + 2;
  }

  /** As PostgreSQL spells an array of numbers. */
  static String array(long[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
