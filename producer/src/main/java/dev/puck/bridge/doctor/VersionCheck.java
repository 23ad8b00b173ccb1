package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** PostgreSQL is new enough. */
final class VersionCheck implements Check<Connection> {
  private static final int LEAST = 140_000;

  @Override
  public String name() {
    return "version";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    String version = setting(connection, "server_version");
    findings.saw(version);
    judge(version, Integer.parseInt(setting(connection, "server_version_num")), findings);
  }

  static void judge(String version, int number, Findings findings) {
    if (number < LEAST) {
      findings.problem(
          "PostgreSQL is " + version + "; Puck needs 14 or newer.",
          "Upgrade it; older ones have no fixes any more.");
    }
  }

  private static String setting(Connection connection, String name) throws SQLException {
    return Query.one(
        connection, "select pg_catalog.current_setting(?)", row -> row.getString(1), name);
  }
}
