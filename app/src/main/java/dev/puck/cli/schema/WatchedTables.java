package dev.puck.cli.schema;

import dev.puck.bridge.schema.CaptureFinding;
import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.schema.WatchedTable;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** {@code puck watch} without a table: lists those that are watched, and what is wrong with it. */
public final class WatchedTables {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  private final Database database;
  private final PrintWriter out;

  public WatchedTables(Database database, PrintWriter out) {
    this.database = database;
    this.out = out;
  }

  /** Prints them. */
  public void print() {
    database.run(
        connection -> {
          print(connection);
          return true;
        });
  }

  private void print(Connection connection) throws SQLException {
    Ownership.requireUsable(database, connection);
    WatchRepository repository = new WatchRepository(connection);
    List<WatchedTable> tables = repository.list();
    if (tables.isEmpty()) {
      out.println("No table is watched in " + database.address() + ". Watch one: puck watch TABLE");
    }
    tables.forEach(this::print);
    repository.findings().forEach(finding -> print(finding, out));
  }

  private void print(WatchedTable table) {
    String key = table.keyColumns().isEmpty() ? "none" : String.join(", ", table.keyColumns());
    out.println(
        "%s  (key: %s; version %d since %s%s)"
            .formatted(
                table.name(),
                key,
                table.version(),
                TIME.format(table.watchedAt()),
                table.exists() ? "" : "; dropped since"));
    out.println("    " + CaptureText.of(table.options()));
  }

  /** What is wrong with a capture, and how to mend it. */
  static void print(CaptureFinding finding, PrintWriter out) {
    out.println("! " + finding.table() + ": " + finding.problem() + ".");
    out.println("    Fix: " + finding.fix());
  }
}
