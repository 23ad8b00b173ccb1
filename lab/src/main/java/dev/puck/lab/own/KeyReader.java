package dev.puck.lab.own;

import dev.puck.lab.own.Parameter.Values;
import dev.puck.lab.own.SqlFile.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads what is kept of a key, as the application does. Used by one thread. */
final class KeyReader implements AutoCloseable {
  private final Connection connection;
  private final Statement query;
  private final PreparedStatement prepared;
  private final int columns;

  /**
   * Takes over the connection.
   *
   * @param columns of the truth: a read gives as many, or all but the key
   */
  KeyReader(Connection connection, SqlFile read, int columns) throws SQLException {
    this.connection = connection;
    this.query = read.statements().get(0);
    this.prepared = query.prepare(connection);
    this.columns = columns;
  }

  /** The row without its key; empty if there is none. */
  List<String> read(String key) throws SQLException {
    query.bind(prepared, new Values(key, 0, 0, 0));
    try (ResultSet row = prepared.executeQuery()) {
      if (!row.next()) {
        return List.of();
      }
      return Truth.values(row, row.getMetaData().getColumnCount() == columns ? 2 : 1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
