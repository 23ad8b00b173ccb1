package dev.puck.bridge.doctor;

import dev.puck.bridge.source.wal.WalCheck;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The server writes what decoding needs, and has room for one who reads it. */
final class WalLevelCheck implements Check<Connection> {
  /** Who reads a slot has both already. */
  private static final String FULL =
      """
      select name || ' is ' || most || ', and ' || used || ' are used'
        from (values ('max_replication_slots',
                      (select count(*) from pg_catalog.pg_replication_slots)),
                     ('max_wal_senders',
                      (select count(*) from pg_catalog.pg_stat_activity
                        where backend_type = 'walsender'))) as room (name, used)
       cross join lateral (
               select pg_catalog.current_setting(name)::integer) as setting (most)
       where used >= most
      """;

  private final WalCheck wal;

  WalLevelCheck(WalCheck wal) {
    this.wal = wal;
  }

  @Override
  public String name() {
    return "wal-level";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    String level =
        Query.one(connection, "select current_setting('wal_level')", row -> row.getString(1));
    findings.saw(level);
    try {
      wal.requireLogical(connection);
    } catch (ConfigException e) {
      findings.problem(
          String.valueOf(e.getMessage()),
          "alter system set wal_level = logical; then restart PostgreSQL");
    }
    List<String> full = Query.list(connection, FULL, row -> row.getString(1));
    for (String each : full) {
      findings.note(
          each + ": another slot or reader, such as a standby bridge's, finds no room.",
          "alter system set " + each.replaceFirst(" .*", "") + " = 20; then restart PostgreSQL");
    }
  }
}
