package dev.puck.bridge.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks once for what a position does not cover. Rows and snapshot come from one statement, so that
 * the snapshot is the one that read the rows. Owned by one thread.
 */
final class OutboxQuery implements AutoCloseable {
  /** Above these, a batch is read in parts. */
  private static final int MAX_ROWS = 10_000;

  private static final long MAX_BYTES = 4 << 20;

  private final PreparedStatement statement;
  private final FetchSize fetchSize = new FetchSize();

  /** On a connection that does not commit by itself, since only then rows are fetched in parts. */
  OutboxQuery(Connection connection, OutboxRules rules) throws SQLException {
    this.statement =
        connection.prepareStatement(
            """
            select %s, pg_current_snapshot()::text,
                   round(date_part('epoch', statement_timestamp()) * 1000000)::bigint,
                   pg_current_wal_flush_lsn()::text
             union all
            select %s, null, null, null
              from puck.outbox as o
             where %s
             order by 1 nulls first
            """
                .formatted(OutboxRowMapper.NO_COLUMNS, OutboxRowMapper.COLUMNS, rules.uncovered()));
  }

  /** Leaves the transaction open: the caller ends it. */
  ReadResult look(Snapshot covered) throws SQLException {
    bind(statement, 1, covered);
    statement.setFetchSize(fetchSize.rows());
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      int first = OutboxRowMapper.COUNT + 1;
      Snapshot seen = Snapshot.parse(row.getString(first));
      Instant at = Instant.EPOCH.plus(row.getLong(first + 1), ChronoUnit.MICROS);
      String wal = row.getString(first + 2);
      List<OutboxRow> rows = new ArrayList<>();
      boolean complete = fetch(row, rows);
      return new ReadResult(rows, complete, seen, at, wal);
    }
  }

  /** Fetches up to the limits; whether that was all. */
  private boolean fetch(ResultSet row, List<OutboxRow> rows) throws SQLException {
    long bytes = 0;
    while (row.next()) {
      OutboxRow each = OutboxRowMapper.row(row);
      rows.add(each);
      bytes += each.sizeInBytes();
      if (rows.size() >= MAX_ROWS || bytes >= MAX_BYTES) {
        return false;
      }
      if (rows.size() % fetchSize.rows() == 0) {
        fetchSize.learn(rows.size(), bytes);
        row.setFetchSize(fetchSize.rows());
      }
    }
    fetchSize.learn(rows.size(), bytes);
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

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
