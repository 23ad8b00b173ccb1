package dev.puck.lab.strategy;

import dev.puck.lab.tweet.MessageCounters.Counters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a relation with the columns messageid, rts and favs. */
final class SqlReader implements Reader {
  private final Connection connection;
  private final PreparedStatement query;

  /** Takes over the connection. */
  SqlReader(Connection connection, String relation) throws SQLException {
    this.connection = connection;
    this.query =
        connection.prepareStatement("select rts, favs from " + relation + " where messageid = ?");
  }

  @Override
  public Counters read(long messageid) throws SQLException {
    query.setLong(1, messageid);
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? new Counters(messageid, row.getLong(1), row.getLong(2))
          : new Counters(messageid, 0, 0);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The server is gone, and the connection with it.
    }
  }
}
