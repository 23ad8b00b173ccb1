package dev.puck.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a writer takes along to read what it wrote. */
public final class FreshnessToken {
  private FreshnessToken() {}

  /**
   * Takes a token in the transaction at hand: it stands for all that the transaction changed before
   * the call, so call it last. It is worth something once the transaction is committed.
   *
   * @param connection to the database of the bridge, by a user with the role {@code puck_writer}
   * @throws SQLException as the driver does; where the schema puck is missing, too
   */
  public static String take(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select puck.token()");
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("puck.token() returned no row");
      }
      return row.getString(1);
    }
  }
}
