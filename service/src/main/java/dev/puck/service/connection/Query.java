package dev.puck.service.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A question to a database whose answer fits in memory. */
public final class Query {
  private Query() {}

  /** Makes a value of the row that the result stands on. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows' values, in their order; each {@code ?} takes one of the texts. */
  public static <T> List<T> list(
      Connection connection, String sql, RowReader<T> reader, String... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      List<T> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(reader.read(rows));
        }
      }
      return values;
    }
  }

  /** The value of the one row there is. */
  public static <T> T one(
      Connection connection, String sql, RowReader<T> reader, String... arguments)
      throws SQLException {
    List<T> values = list(connection, sql, reader, arguments);
    if (values.size() != 1) {
      throw new IllegalStateException(values.size() + " rows, not one, from: " + sql);
    }
    return values.get(0);
  }
}
