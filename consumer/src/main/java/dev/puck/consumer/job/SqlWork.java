package dev.puck.consumer.job;

import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.Parser;

/** One statement of the user's. */
record SqlWork(String sql) implements Work {
  /** Whether the text is one statement, as the driver cuts it; a semicolon may end it. */
  static boolean isOneStatement(String text) {
    try {
      return Parser.parseJdbcSql(text, true, false, true, false, false).size() == 1;
    } catch (SQLException e) {
      return true; // PostgreSQL says better what is wrong with it
    }
  }

  @Override
  public Result run(Statement statement) throws SQLException {
    return Result.succeeded(Work.execute(statement, sql), null);
  }

  @Override
  public String text() {
    return sql;
  }
}
