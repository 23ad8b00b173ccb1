package dev.puck.lab.bench.stage;

import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.service.connection.PostgresConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * A replication slot. Thread-safe.
 *
 * @param database whose changes it keeps
 * @param name which one
 */
public record Slot(Database database, String name) {
  /** What all slots of the bench are read with. */
  public static final String PUBLICATION = WalConfig.byDefault().publication();

  /** That of a bridge. */
  public static Slot ofBridge(Database database, String bridge) {
    return new Slot(database, WalConfig.byDefault().slotOf(bridge));
  }

  /** Makes it, and publishes the table. */
  public void create(String table) throws SQLException {
    PostgresConfig config =
        new PostgresConfig(
            database.postgres().url(database.name()), database.postgres().user(), null);
    try (Connection connection = database.connect()) {
      new WalInstaller(connection, config, name, PUBLICATION).install(List.of(table), false);
    }
  }

  /** Makes it, at the very place where the other one is. */
  public void copy(Slot other) throws SQLException {
    database.execute(
        "select pg_copy_logical_replication_slot('%s', '%s')".formatted(other.name, name));
  }

  /** Ends whoever reads it, and drops it if it is there. */
  public void drop() throws SQLException {
    String here = " from pg_replication_slots where slot_name = '" + name + "'";
    database.execute(
        "select pg_terminate_backend(active_pid, 5000)" + here + " and active_pid is not null",
        "select pg_drop_replication_slot(slot_name)" + here);
  }

  /**
   * The process of PostgreSQL that decodes for it.
   *
   * @throws IllegalStateException if nobody reads it
   */
  public Set<Long> walsender() throws SQLException {
    String processId =
        database.ask(
            "select coalesce(max(active_pid), 0) from pg_replication_slots where slot_name = '"
                + name
                + "'");
    if (processId.equals("0")) {
      throw new IllegalStateException("Nobody reads slot " + name);
    }
    return Set.of(Long.valueOf(processId));
  }
}
