package dev.puck.cli.schema;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.SchemaUser;
import dev.puck.service.config.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether the schema is there, and ours to work on. */
final class Ownership {
  private Ownership() {}

  /**
   * Makes sure that the schema is there, and may be used by our role.
   *
   * @throws ConfigException if it may not
   */
  static void requireUsable(Database database, Connection connection) throws SQLException {
    SchemaOwner owner = owner(database, connection);
    if (!owner.mayUse()) {
      throw refused(database, new SchemaRepository(connection).user(), owner);
    }
  }

  /**
   * Makes sure that the schema is there, in this program's version, and belongs to our role.
   *
   * @throws ConfigException if it does not
   */
  static void require(Database database, Connection connection) throws SQLException {
    SchemaOwner owner = owner(database, connection);
    if (!owner.isUser()) {
      throw refused(database, new SchemaRepository(connection).user(), owner);
    }
    int version = new SchemaInstaller(connection).version().orElse(0);
    if (version != SchemaInstaller.VERSION) {
      throw new ConfigException(
          "The schema puck in %s has version %d, and this program %d. %s"
              .formatted(
                  database.address(),
                  version,
                  SchemaInstaller.VERSION,
                  version < SchemaInstaller.VERSION ? "Run: puck init" : "Use a newer Puck."));
    }
  }

  private static SchemaOwner owner(Database database, Connection connection) throws SQLException {
    return new SchemaRepository(connection)
        .owner()
        .orElseThrow(
            () ->
                new ConfigException(
                    "The schema puck is not installed in "
                        + database.address()
                        + ". Run: puck init"));
  }

  /** That the schema is somebody else's. */
  static ConfigException refused(Database database, SchemaUser user, SchemaOwner owner) {
    return new ConfigException(
        "The schema puck in %s belongs to role %s, whose rights %s does not have. Add: --user %s"
            .formatted(database.address(), owner.name(), user.name(), owner.name()));
  }
}
