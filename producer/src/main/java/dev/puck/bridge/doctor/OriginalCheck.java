package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** The schema was installed in this database, and did not come with a restored dump of another. */
final class OriginalCheck implements Check<Connection> {
  @Override
  public String name() {
    return "original";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    boolean copy =
        Query.list(connection, "select is_copy from puck.identity()", row -> row.getBoolean(1))
            .contains(true);
    if (copy) {
      findings.problem(
          "This database is a copy of another one, whose bridge relays what its outbox holds.",
          "To relay this one instead: puck checkpoint adopt; not to relay it: puck uninstall");
    }
  }
}
