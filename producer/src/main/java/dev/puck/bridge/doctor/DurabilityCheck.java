package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What PostgreSQL says is committed stays so: else a crash undoes what was published already. */
final class DurabilityCheck implements Check<Connection> {
  private static final String CONSEQUENCE =
      ": after a crash of PostgreSQL, changes may be in Kafka that never happened.";

  /** Where the setting is the role's or the database's own, the other query tells it. */
  private static final String SERVER =
      """
      select name from pg_catalog.pg_settings
       where name in ('synchronous_commit', 'fsync') and setting = 'off'
         and source not in ('database', 'user', 'database user', 'client', 'session')
       order by 1
      """;

  private static final String ROLES_AND_DATABASES =
      """
      select case when s.setrole = 0 then pg_catalog.format('database %I', d.datname)
                  when s.setdatabase = 0 then pg_catalog.format('role %I', r.rolname)
                  else pg_catalog.format('role %I in database %I', r.rolname, d.datname)
             end
        from pg_catalog.pg_db_role_setting as s
        left join pg_catalog.pg_roles as r on r.oid = s.setrole
        left join pg_catalog.pg_database as d on d.oid = s.setdatabase
       where exists (
               select from pg_catalog.unnest(s.setconfig) as setting
                where pg_catalog.lower(setting) in (
                        'synchronous_commit=off', 'synchronous_commit=false',
                        'synchronous_commit=no', 'synchronous_commit=0'))
         and (s.setdatabase = 0 or d.datname = pg_catalog.current_database())
       order by 1
      """;

  @Override
  public String name() {
    return "durability";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    for (String setting : names(connection, SERVER)) {
      findings.problem(
          setting + " is off" + CONSEQUENCE,
          "alter system set " + setting + " = on; select pg_reload_conf()");
    }
    for (String owner : names(connection, ROLES_AND_DATABASES)) {
      findings.problem(
          "synchronous_commit is off for " + owner + CONSEQUENCE,
          "alter " + owner + " reset synchronous_commit");
    }
  }

  private static List<String> names(Connection connection, String sql) throws SQLException {
    return Query.list(connection, sql, row -> row.getString(1));
  }
}
