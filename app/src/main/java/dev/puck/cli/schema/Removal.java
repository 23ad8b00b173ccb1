package dev.puck.cli.schema;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.SchemaRole;
import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.service.config.ConfigException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@code puck uninstall}: removes the schema, and says what is gone with it. */
public final class Removal {
  private final Database database;
  private final Confirmation confirmation;
  private final PrintWriter out;

  public Removal(Database database, Confirmation confirmation, PrintWriter out) {
    this.database = database;
    this.confirmation = confirmation;
    this.out = out;
  }

  /**
   * Removes it, if the answer is yes.
   *
   * @param force even while a bridge is connected
   * @return whether nothing of it is there now
   */
  public boolean run(boolean force) {
    return database.run(connection -> run(connection, force));
  }

  private boolean run(Connection connection, boolean force) throws SQLException {
    SchemaRepository repository = new SchemaRepository(connection);
    Optional<SchemaOwner> owner = repository.owner();
    if (owner.isEmpty()) {
      out.println("The schema puck is not installed in " + database.address() + ".");
      return true;
    }
    if (!owner.get().isUser()) {
      throw Ownership.refused(database, repository.user(), owner.get());
    }
    if (!force) {
      requireNoBridge(repository);
    }
    Contents contents = Contents.of(connection);
    out.flush();
    if (!confirmation.isGivenFor(
        "Remove the schema puck from %s, with %s?".formatted(database.address(), contents))) {
      out.println("Nothing was removed.");
      return false;
    }
    new SchemaInstaller(connection).uninstall();
    out.println("Schema puck removed from " + database.address() + ", with " + contents + ".");
    contents.tables().forEach(table -> out.println("  no longer captured: " + table));
    sayWhatIsLeft(repository);
    return true;
  }

  private void requireNoBridge(SchemaRepository repository) throws SQLException {
    List<String> bridges = repository.bridges();
    if (!bridges.isEmpty()) {
      throw new ConfigException(
          "A bridge is connected to %s ('%s'). Stop it first, or add: --force"
              .formatted(database.address(), bridges.get(0)));
    }
  }

  private void sayWhatIsLeft(SchemaRepository repository) throws SQLException {
    List<String> left =
        repository.roles().stream().filter(SchemaRole::exists).map(SchemaRole::name).toList();
    if (!left.isEmpty()) {
      out.println(
          "Still there: role "
              + String.join(" and role ", left)
              + ", which Puck did not make, another database needs, or this user may not drop.");
    }
  }

  /**
   * What is in the schema.
   *
   * @param tables that are captured, by name
   * @param rows of the outbox
   * @param deadLetters that nobody has replayed
   */
  private record Contents(List<String> tables, long rows, long deadLetters) {
    /** A schema that was installed in part, or by another version, may lack some of it. */
    static Contents of(Connection connection) throws SQLException {
      SchemaRepository repository = new SchemaRepository(connection);
      if (new SchemaInstaller(connection).version().isEmpty()) {
        return new Contents(List.of(), 0, 0);
      }
      return new Contents(
          new WatchRepository(connection).list().stream().map(WatchedTable::name).toList(),
          repository.outboxRows(),
          repository.deadLetters());
    }

    @Override
    public String toString() {
      return "the capture of %s, %s (relayed or not) and %s"
          .formatted(
              counted(tables.size(), "table"),
              counted(rows, "row") + " of the outbox",
              counted(deadLetters, "dead letter"));
    }

    private static String counted(long count, String what) {
      return count + " " + what + (count == 1 ? "" : "s");
    }
  }
}
