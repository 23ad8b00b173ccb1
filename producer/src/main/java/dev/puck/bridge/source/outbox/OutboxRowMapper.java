package dev.puck.bridge.source.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads rows of {@code puck.outbox}, and knows which columns to ask for. */
final class OutboxRowMapper {
  /** Of {@code o}, in the order that {@link #row} expects. */
  static final String COLUMNS =
      """
      o.id, o.xid::text, round(date_part('epoch', o.at) * 1000000)::bigint, o.relid,
      o.old_ctid::text, o.new_ctid::text, o.kind::text, o.op::text, o.schema_name, o.name,
      o.key, o.old_key, o.old_row::text, o.new_row::text, o.payload, o.headers::text""";

  static final int COUNT = 16;

  /** As many and such as {@link #COLUMNS}, all null, for a union. */
  static final String NO_COLUMNS =
      """
      null::bigint, null::text, null::bigint, null::oid,
      null::text, null::text, null::text, null::text, null::text, null::text,
      null::text, null::text, null::text, null::text, null::text, null::text""";

  private OutboxRowMapper() {}

  static OutboxRow row(ResultSet row) throws SQLException {
    return new OutboxRow(
        row.getLong(1),
        Long.parseLong(row.getString(2)),
        row.getLong(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        letter(row, 7),
        letter(row, 8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getString(16));
  }

  private static char letter(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null || text.isEmpty() ? ' ' : text.charAt(0);
  }
}
