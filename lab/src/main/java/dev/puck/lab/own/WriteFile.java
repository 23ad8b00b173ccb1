package dev.puck.lab.own;

import dev.puck.lab.own.Parameter.Values;
import dev.puck.lab.own.SqlFile.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements of a write, ready for a session. Used by one thread. */
final class WriteFile {
  private final List<Statement> statements;
  private final List<PreparedStatement> prepared = new ArrayList<>();

  WriteFile(Connection connection, SqlFile file) throws SQLException {
    this.statements = file.statements();
    for (Statement each : statements) {
      prepared.add(each.prepare(connection));
    }
  }

  /** One after the other, in the session's transaction. */
  void run(Values values) throws SQLException {
    for (int i = 0; i < statements.size(); i++) {
      statements.get(i).bind(prepared.get(i), values);
      prepared.get(i).execute();
    }
  }
}
