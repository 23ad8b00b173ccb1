package dev.puck.bridge.source.wal;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the WAL source reads, a publication and a slot, unless they are there. Uses one
 * connection, which stays the caller's.
 */
public final class WalInstaller {
  private final Connection connection;
  private final String slot;
  private final String publication;
  private final WalCheck check;
  private final List<String> said = new ArrayList<>();

  /**
   * @param config what the connection is of
   */
  public WalInstaller(
      Connection connection, PostgresConfig config, String slot, String publication) {
    this.connection = connection;
    this.slot = slot;
    this.publication = publication;
    this.check = new WalCheck(config, slot, publication);
  }

  /**
   * Makes what is missing. The publication comes first: what was written before it is there cannot
   * be decoded.
   *
   * @param tables to publish, spelled as in SQL
   * @param full whether tables without a key may be given {@code REPLICA IDENTITY FULL}
   * @return what was done, a sentence each
   * @throws ConfigException if the server cannot decode, or a table cannot be published; then
   *     nothing was changed
   */
  public List<String> install(List<String> tables, boolean full) throws SQLException {
    check.requireLogical(connection);
    Optional<SlotState> present = SlotState.find(connection, slot);
    if (present.isPresent()) {
      check.requireUsable(present.get());
    }
    publish(tables, full);
    makeSlot(present.orElse(null));
    return List.copyOf(said);
  }

  /**
   * Makes what is missing of the publication alone.
   *
   * @param tables to publish, spelled as in SQL
   * @param full whether tables without a key may be given {@code REPLICA IDENTITY FULL}
   * @return what was done, a sentence each
   * @throws ConfigException if a table cannot be published; then nothing was changed
   */
  public List<String> publish(List<String> tables, boolean full) throws SQLException {
    List<PublishedTable> wanted = publishable(tables, full);
    inTransaction(() -> publish(wanted));
    return List.copyOf(said);
  }

  /**
   * Sees that they can be published.
   *
   * @throws ConfigException if one cannot
   */
  public void requirePublishable(List<String> tables, boolean full) throws SQLException {
    publishable(tables, full);
  }

  private List<PublishedTable> publishable(List<String> tables, boolean full) throws SQLException {
    List<PublishedTable> wanted = new ArrayList<>();
    for (String table : tables) {
      wanted.add(PublishedTable.find(connection, table));
    }
    PublishedTable.requirePublishable(wanted, full);
    return wanted;
  }

  private void publish(List<PublishedTable> tables) throws SQLException {
    for (PublishedTable table : tables) {
      for (String blind : table.blind()) {
        execute("alter table " + blind + " replica identity full");
        said.add("Table " + blind + " now has REPLICA IDENTITY FULL.");
      }
    }
    List<String> names = tables.stream().map(PublishedTable::name).distinct().toList();
    List<Boolean> all =
        Query.list(
            connection,
            "select puballtables from pg_catalog.pg_publication where pubname = ?",
            row -> row.getBoolean(1),
            publication);
    if (all.isEmpty()) {
      create(names);
    } else {
      add(all.get(0) ? List.of() : names);
    }
  }

  private void create(List<String> names) throws SQLException {
    String tables = names.isEmpty() ? "" : " for table " + String.join(", ", names);
    execute(
        "create publication "
            + quoted(publication)
            + tables
            + " with (publish_via_partition_root = true)");
    said.add("Publication " + publication + " made, " + listed(names) + ".");
  }

  private void add(List<String> names) throws SQLException {
    List<String> published =
        Query.list(
            connection,
            "select format('%I.%I', schemaname, tablename) from pg_catalog.pg_publication_tables"
                + " where pubname = ?",
            row -> row.getString(1),
            publication);
    List<String> missing = names.stream().filter(each -> !published.contains(each)).toList();
    if (missing.isEmpty()) {
      said.add("Publication " + publication + " was there already.");
    } else {
      execute(
          "alter publication " + quoted(publication) + " add table " + String.join(", ", missing));
      said.add("Publication " + publication + " was there already; added: " + names(missing) + ".");
    }
  }

  private void makeSlot(@Nullable SlotState present) throws SQLException {
    if (present != null && present.isLost()) {
      throw new ConfigException(
          "Slot '"
              + slot
              + "' is there, but lost: PostgreSQL has removed the WAL that it needs. Drop it, and"
              + " run this again: select pg_drop_replication_slot('"
              + slot
              + "')");
    }
    if (present != null) {
      said.add("Slot " + slot + " was there already.");
      return;
    }
    WalSlot made = new WalSlot(connection, slot);
    long begin = made.create();
    said.add(
        "Slot "
            + slot
            + " made; it begins at "
            + Lsn.text(begin)
            + (made.failsOver() ? " and goes on after a failover" : "")
            + ". From now on PostgreSQL keeps its WAL until a bridge has read it.");
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "without tables yet" : "with " + names(names);
  }

  private static String names(List<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }

  private void inTransaction(Work work) throws SQLException {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(before);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @FunctionalInterface
  private interface Work {
    void run() throws SQLException;
  }
}
