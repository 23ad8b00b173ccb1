package dev.puck.cli.schema;

import dev.puck.bridge.source.wal.WalInstaller;
import java.io.PrintWriter;
import java.util.List;

/** {@code puck init --source wal}: makes slot and publication, and says what is left to do. */
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
   */
  public void run(List<String> tables, boolean full) {
    List<String> said =
        database.run(
            connection ->
                new WalInstaller(connection, database.config(), slot, publication)
                    .install(tables, full));
    said.forEach(out::println);
    out.println();
    out.println("Next:");
    out.println("  puck init --source wal --table SCHEMA.TABLE   to publish a table");
    out.println(
        "  puck bridge                                   to relay, with bridge.source: wal");
    out.println(
        "To have it all removed: select pg_drop_replication_slot('"
            + slot
            + "'); drop publication "
            + Identifier.quoted(publication)
            + ";");
  }
}
