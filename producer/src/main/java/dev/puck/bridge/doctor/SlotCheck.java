package dev.puck.bridge.doctor;

import dev.puck.bridge.source.wal.SlotState;
import dev.puck.bridge.source.wal.WalCheck;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The slot is there, of use, and goes on after a failover. */
final class SlotCheck implements Check<Connection> {
  private static final String WITHOUT_FAILOVER =
      """
      select not (to_jsonb(s) ->> 'failover')::boolean
        from pg_catalog.pg_replication_slots as s
       where s.slot_name = ?
      """;

  private final WalCheck wal;
  private final String slot;

  SlotCheck(WalCheck wal, String slot) {
    this.wal = wal;
    this.slot = slot;
  }

  @Override
  public String name() {
    return "slot";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Optional<SlotState> found = SlotState.find(connection, slot);
    if (found.isEmpty()) {
      findings.problem("There is no replication slot '" + slot + "'.", "puck init --source wal");
      return;
    }
    SlotState state = found.get();
    findings.saw(slot + ", " + (state.activePid() == 0 ? "nobody reads it" : "is read"));
    if (state.isLost()) {
      String why = state.invalidation();
      findings.problem(
          "Slot '"
              + slot
              + "' is lost ("
              + (why == null ? "wal_status lost" : why)
              + "): PostgreSQL has removed the WAL that it needs.",
          "bridge.wal.on-gap: resync, which publishes a gap and goes on with a new slot; or: select"
              + " pg_drop_replication_slot('"
              + slot
              + "'), puck init --source wal, puck checkpoint reset --from earliest");
      return;
    }
    try {
      wal.requireUsable(state);
    } catch (ConfigException e) {
      findings.problem(
          String.valueOf(e.getMessage()), "bridge.wal.slot: another name; puck init --source wal");
      return;
    }
    if (hasNoFailover(connection)) {
      findings.note(
          "Slot '" + slot + "' does not go on after a failover: a standby has none of it.",
          "While the bridge is stopped and has read all: select pg_drop_replication_slot('"
              + slot
              + "'), puck init --source wal, puck checkpoint reset --from earliest");
    }
  }

  /** Before PostgreSQL 17 none does, and nothing can be done about it here. */
  private boolean hasNoFailover(Connection connection) throws SQLException {
    return Query.list(connection, WITHOUT_FAILOVER, row -> row.getBoolean(1), slot).contains(true);
  }
}
