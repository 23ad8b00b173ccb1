package dev.puck.bridge.source.wal;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes and drops a logical replication slot. */
final class WalSlot {
  private static final int FAILOVER_SINCE = 17;

  private final Connection connection;
  private final String name;

  WalSlot(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** Makes it; waits for the transactions that are running. Returns where it begins. */
  long create() throws SQLException {
    String failover = failsOver() ? ", false, false, true" : "";
    return Lsn.parse(
        Query.one(
            connection,
            "select lsn::text from pg_create_logical_replication_slot(?, 'pgoutput'"
                + failover
                + ")",
            row -> row.getString(1),
            name));
  }

  /** Whether the server knows slots that go on after a failover. */
  boolean failsOver() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= FAILOVER_SINCE;
  }

  /** Drops it, if it is there. */
  void drop() throws SQLException {
    Query.list(
        connection,
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = ?",
        row -> "",
        name);
  }

  /**
   * Ends the process that reads it, if that is one of a bridge of this name: a predecessor that was
   * stopped, and no longer leads.
   */
  void evict(String applicationName) throws SQLException {
    evict(applicationName, "");
  }

  /** The same, and waits for its end, some seconds at most. */
  void evictAndWait(String applicationName) throws SQLException {
    evict(applicationName, ", 5000");
  }

  private void evict(String applicationName, String patience) throws SQLException {
    Query.list(
        connection,
        """
        select pg_terminate_backend(a.pid%s)
          from pg_replication_slots as s join pg_stat_activity as a on a.pid = s.active_pid
         where s.slot_name = ? and a.application_name = ? and a.usename = current_user
        """
            .formatted(patience),
        row -> "",
        name,
        applicationName);
  }
}
