package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Utf8;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the outbox as a statement gives them, fetched in parts that fit into memory: many small
 * ones at once, and each large one for itself. Closing it leaves the statement to its owner. Owned
 * by one thread.
 */
final class OutboxCursor implements AutoCloseable {
  /** {@code puck.outbox} and where its rows lie; statements call it {@code o}. */
  static final String OUTBOX =
      """
      (select 0 as number, ctid as place, * from puck.outbox_0
        union all
       select 1, ctid, * from puck.outbox_1
        union all
       select 2, ctid, * from puck.outbox_2)""";

  /**
   * What a statement selects of {@code o}, to be read here. To be evaluated after sorting, which
   * needs no long text.
   */
  static final String COLUMNS =
      """
      o.id, o.xid::text, round(date_part('epoch', o.at) * 1000000)::bigint, o.relid, o.capture,
      o.old_ctid::text, o.new_ctid::text, (o.details).name, (o.details).key,
      case when (o.details).fields is not null then
        puck.shape((o.details).fields, (o.details).key_columns)
      end,
      (o.details).headers::text, o.number,
      case when %1$s then o.place::text end,
      case when not %1$s then o.old_row end,
      case when not %1$s then o.new_row end,
      case when not %1$s then o.payload end"""
          .formatted(
              """
              (coalesce(pg_column_size(o.old_row), 0) + coalesce(pg_column_size(o.new_row), 0)
                + coalesce(pg_column_size(o.payload), 0) > 16384)""");

  static final int COUNT = 16;

  /** As many and such as {@link #COLUMNS}, all null, for a union. */
  static final String NO_COLUMNS =
      """
      null::bigint, null::text, null::bigint, null::oid, null::integer,
      null::text, null::text, null::text, null::text, null::text,
      null::text, null::integer,
      null::text, null::text, null::text, null::text""";

  private static final String LARGE =
      "select old_row, new_row, payload from puck.outbox_%d where ctid = ?::tid";

  private static final int FIRST = 256;

  private final PreparedStatement statement;
  private final Captures captures;
  private final FetchSize fetchSize = new FetchSize(FIRST);
  private final ResultSet row;

  private OutboxCursor(PreparedStatement statement, Captures captures) throws SQLException {
    this.statement = statement;
    this.captures = captures;
    statement.setFetchSize(fetchSize.rows());
    this.row = statement.executeQuery();
  }

  /** Runs it, on a connection that does not commit by itself: only then rows come in parts. */
  static OutboxCursor open(PreparedStatement statement, Captures captures) throws SQLException {
    return new OutboxCursor(statement, captures);
  }

  /** The next row as the statement gives it, where that is none of the outbox. */
  ResultSet other() throws SQLException {
    row.next();
    return row;
  }

  /** The next row; null at the end. */
  @Nullable OutboxRow next() throws SQLException {
    if (!row.next()) {
      return null;
    }
    OutboxRow read = mapped();
    if (fetchSize.read(read.sizeInBytes())) {
      row.setFetchSize(fetchSize.rows());
    }
    int capture = row.getInt(5); // 0: null
    @Nullable String place = row.getString(13);
    OutboxRow complete = place == null ? read : completed(read, row.getInt(12), place);
    return capture == 0 ? complete : captures.complete(complete, capture, row.getString(10));
  }

  /** Whether the statement selects a truth behind its columns that holds of the latest row. */
  boolean isFlagged() throws SQLException {
    return row.getBoolean(COUNT + 1);
  }

  @Override
  public void close() throws SQLException {
    row.close();
  }

  private OutboxRow completed(OutboxRow read, int number, String place) throws SQLException {
    try (PreparedStatement one =
        statement.getConnection().prepareStatement(LARGE.formatted(number))) {
      one.setString(1, place);
      try (ResultSet images = one.executeQuery()) {
        images.next();
        return read.with(text(images, 1), text(images, 2), text(images, 3));
      }
    }
  }

  /** As a message; what it is as a row, its capture tells. */
  private OutboxRow mapped() throws SQLException {
    return new OutboxRow(
        row.getLong(1),
        Long.parseLong(row.getString(2)),
        row.getLong(3),
        row.getLong(4),
        row.getString(6),
        row.getString(7),
        OutboxRow.MESSAGE,
        OutboxRow.NO_OPERATION,
        null,
        String.valueOf(row.getString(8)),
        row.getString(9),
        null,
        text(row, 14),
        text(row, 15),
        text(row, 16),
        row.getString(11),
        null);
  }

  /** Of a column of texts, the driver gives the bytes as they came. */
  private static @Nullable Utf8 text(ResultSet row, int column) throws SQLException {
    return Utf8.wrapNullable(row.getBytes(column));
  }
}
