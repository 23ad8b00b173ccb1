package dev.puck.cli.schema;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.SchemaRole;
import dev.puck.bridge.schema.SchemaUser;
import dev.puck.service.config.ConfigException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** {@code puck init}: installs or upgrades the schema, and says what is left to do. */
public final class Installation {
  private final Database database;
  private final PrintWriter out;

  public Installation(Database database, PrintWriter out) {
    this.database = database;
    this.out = out;
  }

  /** Brings the schema to this program's version. */
  public void run() {
    boolean complete = database.run(this::install);
    sayWhatIsNext(complete);
  }

  /**
   * The same over a connection; what is left to do is said elsewhere.
   *
   * @return whether both roles have their rights
   */
  boolean install(Connection connection) throws SQLException {
    SchemaRepository repository = new SchemaRepository(connection);
    SchemaInstaller installer = new SchemaInstaller(connection);
    SchemaUser user = repository.user();
    requireRights(user, repository.owner());
    List<SchemaRole> rolesBefore = repository.roles();
    OptionalInt versionBefore = installer.version();
    installer.install();
    out.println(outcome(versionBefore) + "; it belongs to role " + user.name() + ".");
    if (user.superuser()) {
      out.println(
          "Note: "
              + user.name()
              + " is a superuser, and captures run with its rights. A role of"
              + " its own is safer; see sql/puck/README.md.");
    }
    List<SchemaRole> roles = repository.roles();
    boolean complete = roles.stream().allMatch(SchemaRole::granted);
    out.println(complete ? rolesThere(rolesBefore) : rolesMissing(roles, user));
    return complete;
  }

  /** What PostgreSQL would say too, but not how to mend it. */
  private void requireRights(SchemaUser user, Optional<SchemaOwner> owner) {
    if (owner.isPresent() && !owner.get().isUser()) {
      throw Ownership.refused(database, user, owner.get());
    }
    if (owner.isEmpty() && !user.mayCreate()) {
      throw new ConfigException(
          ("Role %s may not make a schema in %s. Have the database's owner run: grant create on"
                  + " database %s to %s")
              .formatted(
                  user.name(),
                  database.address(),
                  Identifier.quoted(user.database()),
                  Identifier.quoted(user.name())));
    }
  }

  private String outcome(OptionalInt before) {
    String version = "version " + SchemaInstaller.VERSION;
    if (before.isEmpty()) {
      return "Schema puck, " + version + ", installed in " + database.address();
    }
    return before.getAsInt() == SchemaInstaller.VERSION
        ? "Schema puck, " + version + ", was there already in " + database.address()
        : "Schema puck in %s upgraded from version %d to %s"
            .formatted(database.address(), before.getAsInt(), SchemaInstaller.VERSION);
  }

  private static String rolesThere(List<SchemaRole> before) {
    List<String> made =
        before.stream().filter(role -> !role.exists()).map(SchemaRole::name).toList();
    String there = "Roles puck_writer and puck_bridge have their rights";
    return made.isEmpty() ? there + "." : there + "; made: " + String.join(", ", made) + ".";
  }

  private static String rolesMissing(List<SchemaRole> roles, SchemaUser user) {
    List<SchemaRole> missing = roles.stream().filter(role -> !role.granted()).toList();
    String names = missing.stream().map(SchemaRole::name).collect(Collectors.joining(" and "));
    String sql =
        missing.stream()
            .map(role -> "  create role " + role.name() + " nologin;")
            .collect(Collectors.joining(System.lineSeparator()));
    return """
        Missing: %s, which %s may not create. Until they are there, only %s can publish and relay.
        Have somebody who may create roles run this, and then run puck init again:
        %s"""
        .formatted(names, user.name(), user.name(), sql);
  }

  private void sayWhatIsNext(boolean complete) {
    out.println();
    out.println("Next:");
    if (complete) {
      out.println("  grant puck_writer to APPLICATION;   its role, to call puck.publish(…)");
      out.println("  grant puck_bridge to BRIDGE;        the role that puck bridge connects as");
    }
    out.println("  puck watch SCHEMA.TABLE             to capture a table's changes");
    out.println("  puck bridge                         to relay them");
  }
}
