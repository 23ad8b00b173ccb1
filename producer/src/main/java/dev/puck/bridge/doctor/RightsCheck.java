package dev.puck.bridge.doctor;

import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.SchemaRole;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The two roles are there, and the bridge's own role may do what the bridge does. */
final class RightsCheck implements Check<Connection> {
  private static final String LACKING =
      """
      select 'execute puck.' || p.proname
        from pg_catalog.pg_proc as p
        join pg_catalog.pg_namespace as n on n.oid = p.pronamespace and n.nspname = 'puck'
       where p.proname in (
               'rotate', 'sleep', 'wake_up', 'wake_by', 'identity', 'own', 'adopt', 'findings',
               'starting_rows', 'starting_estimate', 'shape', 'key_pattern')
         and not pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
       union
      select 'select puck.' || c.relname
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'puck'
       where c.relname in (
               'schema_version', 'installation', 'bridge', 'watched', 'capture', 'outbox',
               'outbox_0', 'outbox_1', 'outbox_2', 'state', 'dead_letter')
         and not pg_catalog.has_table_privilege(c.oid, 'SELECT')
       union
      select 'insert puck.' || c.relname
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname = 'puck'
       where c.relname = 'dead_letter' and not pg_catalog.has_table_privilege(c.oid, 'INSERT')
       order by 1
      """;

  @Override
  public String name() {
    return "rights";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    SchemaRepository repository = new SchemaRepository(connection);
    Optional<SchemaOwner> owner = repository.owner();
    List<SchemaRole> roles = repository.roles();
    roles.forEach(role -> judge(role, findings));
    String user =
        Query.one(
            connection, "select pg_catalog.quote_ident(current_user)", row -> row.getString(1));
    List<String> lacking = lacking(connection, owner);
    if (!lacking.isEmpty()) {
      findings.problem(
          "Role %s may not: %s.".formatted(user, String.join(", ", lacking)),
          "grant puck_bridge to " + user);
    }
  }

  private static void judge(SchemaRole role, Findings findings) {
    if (!role.exists()) {
      findings.problem(
          "Role " + role.name() + " is missing, by which rights are granted.",
          "create role " + role.name() + " nologin; and run: puck init");
    } else if (!role.granted()) {
      findings.problem("Role " + role.name() + " may not use the schema puck.", "puck init");
    }
  }

  private static List<String> lacking(Connection connection, Optional<SchemaOwner> owner)
      throws SQLException {
    return owner.isPresent() && !owner.get().mayUse()
        ? List.of("use the schema puck")
        : Query.list(connection, LACKING, row -> row.getString(1));
  }
}
