package dev.puck.consumer.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What a job does in the database. */
interface Work {
  /**
   * Does it, outside of a transaction, and waits for its end.
   *
   * @throws SQLException as PostgreSQL says it; also when it is cancelled
   */
  Result run(Statement statement) throws SQLException;

  /** For people: the statement. */
  String text();

  /** Runs that one statement; the rows that it wrote or, without any, read. */
  static long execute(Statement statement, String sql) throws SQLException {
    if (!statement.execute(sql)) {
      return statement.getLargeUpdateCount();
    }
    long rows = 0;
    try (ResultSet result = statement.getResultSet()) {
      while (result.next()) {
        rows++;
      }
    }
    return rows;
  }
}
