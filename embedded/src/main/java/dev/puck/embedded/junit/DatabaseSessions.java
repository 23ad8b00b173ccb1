package dev.puck.embedded.junit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who is connected to a database, replication included. */
final class DatabaseSessions {
  private static final String LIST =
      """
      select format('%s %L, state %s, last query: %s',
                    backend_type, application_name, coalesce(state, '-'), left(query, 200))
        from pg_stat_activity
       where datname = ? and backend_type in ('client backend', 'walsender')
       order by backend_start
      """;
  private static final String TERMINATE =
      """
      select pg_terminate_backend(pid, 5000)
        from pg_stat_activity
       where datname = ? and backend_type in ('client backend', 'walsender')
      """;

  private final Connection connection;
  private final String database;

  /** Sessions in the database, as seen by a connection to another one. */
  DatabaseSessions(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  /** Gives those that are just ending some time, and returns the others. */
  List<String> awaitNone(Duration grace) throws SQLException {
    long end = System.nanoTime() + grace.toNanos();
    List<String> left = query(LIST);
    while (!left.isEmpty() && System.nanoTime() < end) {
      query("select pg_sleep(0.02), ?::text");
      left = query(LIST);
    }
    return left;
  }

  /** Ends all; an active replication session would keep its database from being dropped. */
  void terminate() throws SQLException {
    query(TERMINATE);
  }

  private List<String> query(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        return firstColumn(rows);
      }
    }
  }

  private static List<String> firstColumn(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }
}
