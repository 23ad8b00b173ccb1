package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.wal.pgoutput.LogicalMessage;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** A transaction of our own in the WAL, which tells nothing but its place. */
final class StartingMark {
  /** No message of {@code puck.publish} begins so. */
  private static final String PREFIX = "puck-mark";

  private StartingMark() {}

  /**
   * Writes one, flushed when this returns; the connection is in auto-commit mode. It need not wait
   * for standbys, which may be away.
   */
  static void write(Connection connection, String content) throws SQLException {
    Query.one(
        connection,
        "select set_config('synchronous_commit', 'local', true), "
            + "pg_logical_emit_message(true, '"
            + PREFIX
            + "', ?)::text",
        row -> row.getString(2),
        content);
  }

  static boolean is(LogicalMessage message) {
    return message.transactional() && message.prefix().equals(PREFIX);
  }

  static String content(LogicalMessage message) {
    return message.content().text();
  }
}
