package dev.puck.bridge.doctor;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The schema puck is installed, in the version of this program. */
final class SchemaCheck implements Check<Connection> {
  @Override
  public String name() {
    return "schema";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Optional<SchemaOwner> owner = new SchemaRepository(connection).owner();
    if (owner.isEmpty()) {
      findings.problem(
          "The schema puck is not installed, and bridge.source is outbox.", "puck init");
    } else if (owner.get().mayUse()) {
      judge(new SchemaInstaller(connection).version().orElse(0), findings);
    } else {
      findings.saw("of role " + owner.get().name());
    }
  }

  static void judge(int version, Findings findings) {
    findings.saw("version " + version);
    if (version != SchemaInstaller.VERSION) {
      findings.problem(
          "The schema puck has version %d, and this program is for version %d."
              .formatted(version, SchemaInstaller.VERSION),
          version < SchemaInstaller.VERSION ? "puck init" : "Use the Puck that upgraded it.");
    }
  }
}
