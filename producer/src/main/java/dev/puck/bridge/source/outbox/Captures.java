package dev.puck.bridge.source.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rows were captured as: {@code puck.capture}, asked for each once, since none ever changes.
 * Owned by one thread.
 */
final class Captures {
  private static final String ONE =
      """
      select schema_name, table_name,
             array(select to_json(part.name)::text
                     from unnest(key_columns) with ordinality as part (name, number)
                    order by part.number)
        from puck.capture
       where id = ?
      """;

  private final Connection connection;
  private final Map<Integer, Capture> byId = new HashMap<>();

  Captures(Connection connection) {
    this.connection = connection;
  }

  /** By its id, which is that of a row that the connection's transaction sees. */
  Capture get(int id) throws SQLException {
    @Nullable Capture known = byId.get(id);
    if (known == null) {
      known = read(id);
      byId.put(id, known);
    }
    return known;
  }

  private Capture read(int id) throws SQLException {
    try (PreparedStatement one = connection.prepareStatement(ONE)) {
      one.setInt(1, id);
      try (ResultSet row = one.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException(
              "The outbox has a row of capture " + id + ", which is not in puck.capture");
        }
        return new Capture(row.getString(1), row.getString(2), texts(row.getArray(3)));
      }
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
