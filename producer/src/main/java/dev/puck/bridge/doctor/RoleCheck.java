package dev.puck.bridge.doctor;

import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.SchemaUser;
import java.sql.Connection;
import java.sql.SQLException;

/** The bridge has no more rights than it needs. */
final class RoleCheck implements Check<Connection> {
  @Override
  public String name() {
    return "role";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    SchemaUser user = new SchemaRepository(connection).user();
    findings.saw(user.name());
    if (user.superuser()) {
      findings.note(
          user.name() + " is a superuser, which the bridge does not need.",
          "create role bridge login; grant puck_bridge to bridge; and name it in"
              + " bridge.postgres.user");
    }
  }
}
