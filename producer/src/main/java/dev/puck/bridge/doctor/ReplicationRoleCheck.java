package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;

/** The bridge's role may read slots. */
final class ReplicationRoleCheck implements Check<Connection> {
  /** Managed services give the right by a role of theirs. */
  private static final String ROLE =
      """
      select format('%I', r.rolname),
             r.rolsuper or r.rolreplication or exists (
               select from pg_catalog.pg_roles as given
                where given.rolname in ('rds_replication', 'cloudsqlreplica')
                  and pg_catalog.pg_has_role(r.oid, given.oid, 'member'))
        from pg_catalog.pg_roles as r
       where r.rolname = current_user
      """;

  @Override
  public String name() {
    return "replication-role";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Role role = Query.one(connection, ROLE, row -> new Role(row.getString(1), row.getBoolean(2)));
    if (!role.mayReplicate) {
      findings.problem(
          "Role " + role.name + " may not read replication slots.",
          "alter role " + role.name + " replication");
    }
  }

  private record Role(String name, boolean mayReplicate) {}
}
