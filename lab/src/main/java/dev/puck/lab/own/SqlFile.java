package dev.puck.lab.own;

import dev.puck.lab.own.Parameter.Values;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The statements of one file, with parameters.
 *
 * @param statements in their order
 */
record SqlFile(List<Statement> statements) {
  SqlFile {
    statements = List.copyOf(statements);
  }

  /**
   * One of them.
   *
   * @param sql with a question mark for each parameter, as JDBC wants it
   * @param parameters in their order
   */
  record Statement(String sql, List<Parameter> parameters) {
    Statement {
      parameters = List.copyOf(parameters);
    }

    /** Puts the values where they belong. */
    void bind(PreparedStatement prepared, Values values) throws SQLException {
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).bind(prepared, i + 1, values);
      }
    }

    /** Ready for many executions; owned by the caller. */
    PreparedStatement prepare(Connection connection) throws SQLException {
      return connection.prepareStatement(sql);
    }
  }

  /** Whether that stands in any of them. */
  boolean has(Parameter parameter) {
    return statements.stream().anyMatch(each -> each.parameters().contains(parameter));
  }
}
