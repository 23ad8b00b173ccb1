package dev.puck.bridge.doctor;

import java.sql.Connection;
import java.sql.SQLException;

/** Rolls back whatever transaction a check of the database leaves. */
record InTransaction(Check<Connection> check) implements Check<Connection> {
  @Override
  public String name() {
    return check.name();
  }

  @Override
  public void look(Connection connection, Findings findings)
      throws SQLException, InterruptedException {
    try {
      check.look(connection, findings);
    } finally {
      connection.rollback();
    }
  }
}
