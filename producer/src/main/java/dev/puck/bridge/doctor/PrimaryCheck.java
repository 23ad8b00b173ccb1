package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** The server takes writes: a standby can neither notify nor rotate. */
final class PrimaryCheck implements Check<Connection> {
  private static final String FIX =
      "Name the primary in bridge.postgres.url; or all servers, with commas between, and"
          + " ?targetServerType=primary.";

  @Override
  public String name() {
    return "primary";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    judge(
        Query.one(connection, "select pg_catalog.pg_is_in_recovery()", row -> row.getBoolean(1)),
        findings);
  }

  static void judge(boolean standby, Findings findings) {
    if (standby) {
      findings.problem("This server is a standby, which can neither notify nor rotate.", FIX);
    }
  }
}
