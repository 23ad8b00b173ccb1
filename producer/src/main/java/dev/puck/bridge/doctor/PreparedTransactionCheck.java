package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.config.WakeMode;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A transaction that has notified cannot be prepared: where some are, writers must not notify. */
final class PreparedTransactionCheck implements Check<Connection> {
  private static final int POLL = 2;

  /** Whoever set it knows of this. */
  private static final String NOT_WAKING =
      """
      select case when r.rolname is null then pg_catalog.format('database %I', d.datname)
                  else pg_catalog.format('role %I', r.rolname) end
        from pg_catalog.pg_db_role_setting as s
        left join pg_catalog.pg_roles as r on r.oid = s.setrole
        left join pg_catalog.pg_database as d on d.oid = s.setdatabase
       where (s.setdatabase = 0 or d.datname = pg_catalog.current_database())
         and exists (
               select from pg_catalog.unnest(s.setconfig) as setting
                where pg_catalog.lower(setting) in (
                        'puck.wake=off', 'puck.wake=false', 'puck.wake=no', 'puck.wake=0'))
       order by 1
      """;

  private final BridgeConfig config;

  PreparedTransactionCheck(BridgeConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "two-phase-commit";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    int most =
        Query.one(
            connection,
            "select pg_catalog.current_setting('max_prepared_transactions')::integer",
            row -> row.getInt(1));
    if (most == 0 || neverNotifies(connection)) {
      return;
    }
    String what =
        "max_prepared_transactions is "
            + most
            + ", and a transaction that wakes the bridge cannot be prepared: it fails";
    List<String> knowing = Query.list(connection, NOT_WAKING, row -> row.getString(1));
    if (knowing.isEmpty()) {
      findings.problem(
          what + ".",
          "bridge.outbox.wake: poll; or alter role APPLICATION set puck.wake = off; or, if nobody"
              + " prepares any, alter system set max_prepared_transactions = 0");
    } else {
      findings.note(
          what + ", but for " + String.join(", ", knowing) + ", where puck.wake is off.",
          "For others: bridge.outbox.wake: poll");
    }
  }

  /** A bridge sets the state when it starts, as its configuration has it. */
  private boolean neverNotifies(Connection connection) throws SQLException {
    return config.source() == SourceType.OUTBOX
        ? config.outbox().wake() == WakeMode.POLL
        : Query.one(connection, "select last_value >> 2 from puck.state", row -> row.getInt(1))
            == POLL;
  }
}
