package dev.puck.cli.schema;

import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.source.wal.WalInstaller;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code puck init --source wal}: installs the schema for {@code puck.publish(…)}, makes slot and
 * publication, and says what is left to do.
 */
public final class WalInstallation {
  private final Database database;
  private final PrintWriter out;
  private final String slot;
  private final String publication;

  public WalInstallation(Database database, PrintWriter out, String slot, String publication) {
    this.database = database;
    this.out = out;
    this.slot = slot;
    this.publication = publication;
  }

  /**
   * Makes what is missing.
   *
   * @param tables to publish, spelled as in SQL
   * @param full whether tables without a key may be given {@code REPLICA IDENTITY FULL}
   * @param schema whether the schema {@code puck} is installed, too
   */
  public void run(List<String> tables, boolean full, boolean schema) {
    database.run(
        connection -> {
          new WalInstaller(connection, database.config(), slot, publication)
              .install(tables, full)
              .forEach(out::println);
          if (schema) {
            installSchema(connection);
          }
          return true;
        });
    out.println();
    out.println("Next:");
    if (schema) {
      out.println(
          "  grant puck_writer to APPLICATION;             its role, to call puck.publish(…)");
    }
    out.println("  puck init --source wal --table SCHEMA.TABLE   to publish a table");
    out.println(
        "  puck bridge                                   to relay, with bridge.source: wal");
    out.println(
        "To have it all removed: select pg_drop_replication_slot('"
            + slot
            + "'); drop publication "
            + Identifier.quoted(publication)
            + ";"
            + (schema ? " and: puck uninstall" : ""));
  }

  private void installSchema(Connection connection) throws SQLException {
    new Installation(database, out).install(connection);
    String target = new SchemaRepository(connection).publishToWal();
    out.println(
        target.equals("both")
            ? "puck.publish(…) writes to the WAL and to the outbox, which a bridge owns."
            : "puck.publish(…) writes to the WAL.");
  }
}
