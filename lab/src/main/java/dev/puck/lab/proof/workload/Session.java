package dev.puck.lab.proof.workload;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.postgresql.PGConnection;

/**
 * A writer's connection, and its luck.
 *
 * @param connection not in auto-commit mode
 * @param random by the seed
 */
record Session(Connection connection, RandomGenerator random) {
  /** What is hard to quote, or looks like something else to whoever decodes it. */
  private static final String[] NOTES = {
    "null",
    "''",
    "'plain'",
    "'it''s \"quoted\" \\ back'",
    "'two\nlines\tand a tab'",
    "'nüx – 🙂'",
    "'null'",
    "' new-tuple: id[integer]:1'",
    "'{\"json\": [1, null]}'",
  };

  /** Runs SQL with the arguments formatted into it; how many rows it changed. */
  int run(String sql, Object... arguments) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(String.format(Locale.ROOT, sql, arguments));
      return Math.max(0, statement.getUpdateCount());
    }
  }

  /** The one number that SQL answers. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Copies these lines in. */
  void copy(String into, String lines) throws SQLException {
    copy(connection, into, lines);
  }

  static void copy(Connection connection, String into, String lines) throws SQLException {
    try {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + into + " from stdin", new StringReader(lines));
    } catch (IOException e) {
      throw new SQLException("COPY failed", e);
    }
  }

  /** From 0 to below {@code bound}. */
  int any(int bound) {
    return random.nextInt(bound);
  }

  /** A text as SQL literal, or null. */
  String note() {
    return NOTES[any(NOTES.length)];
  }
}
