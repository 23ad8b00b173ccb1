package dev.puck.bridge.schema;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What a database tells of the schema {@code puck} and of who uses it. Changes nothing. */
public final class SchemaRepository {
  private static final String USER =
      """
      select pg_catalog.current_database() as database, current_user as name,
             (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as superuser,
             pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
               as may_create
      """;
  private static final String OWNER =
      """
      select pg_catalog.pg_get_userbyid(nspowner) as name,
             pg_catalog.pg_has_role(nspowner, 'USAGE') as is_user,
             pg_catalog.has_schema_privilege(oid, 'USAGE') as may_use
        from pg_catalog.pg_namespace where nspname = 'puck'
      """;
  private static final String ROLES =
      """
      select name, r.oid is not null as exists,
             coalesce((select pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE')
                         from pg_catalog.pg_namespace as n where n.nspname = 'puck'), false)
               as granted
        from pg_catalog.unnest(array['puck_writer', 'puck_bridge']) as name
        left join pg_catalog.pg_roles as r on r.rolname = name
       order by name desc
      """;

  /** Everybody's sessions show their name. */
  private static final String BRIDGES =
      """
      select application_name from pg_catalog.pg_stat_activity
       where datname = pg_catalog.current_database() and application_name like 'puck bridge %'
       order by 1
      """;

  private final Connection connection;

  public SchemaRepository(Connection connection) {
    this.connection = connection;
  }

  /** The role that we are. */
  public SchemaUser user() throws SQLException {
    return Query.one(
        connection,
        USER,
        row ->
            new SchemaUser(
                row.getString("database"),
                row.getString("name"),
                row.getBoolean("superuser"),
                row.getBoolean("may_create")));
  }

  /** Whose the schema is; empty where there is none. Needs no right on it. */
  public Optional<SchemaOwner> owner() throws SQLException {
    return Query.list(
            connection,
            OWNER,
            row ->
                new SchemaOwner(
                    row.getString("name"), row.getBoolean("is_user"), row.getBoolean("may_use")))
        .stream()
        .findFirst();
  }

  /** The two roles, the writers' first. */
  public List<SchemaRole> roles() throws SQLException {
    return Query.list(
        connection,
        ROLES,
        row ->
            new SchemaRole(
                row.getString("name"), row.getBoolean("exists"), row.getBoolean("granted")));
  }

  /** The sessions of running bridges, by the names that they gave themselves. */
  public List<String> bridges() throws SQLException {
    return Query.list(connection, BRIDGES, row -> row.getString(1));
  }

  /** How many rows the outbox holds, relayed or not. Counts them, which may take its time. */
  public long outboxRows() throws SQLException {
    return Query.one(connection, "select count(*) from puck.outbox", row -> row.getLong(1));
  }

  /**
   * Has {@code puck.publish} write to the WAL; to the outbox, too, if a bridge owns that. Needs the
   * outbox's owner.
   *
   * @return where it writes to now: {@code wal} or {@code both}
   */
  public String publishToWal() throws SQLException {
    String target =
        Query.one(
            connection,
            "select case when exists (select from puck.bridge)"
                + " and puck.publishes_to() <> 'wal' then 'both' else 'wal' end",
            row -> row.getString(1));
    publishTo(target);
    return target;
  }

  /** Where {@code puck.publish} writes to: {@code outbox}, {@code wal} or {@code both}. */
  public String publishesTo() throws SQLException {
    return Query.one(connection, "select puck.publishes_to()", row -> row.getString(1));
  }

  /** Has it write there, unless it does. Needs the outbox's owner. */
  public void publishTo(String target) throws SQLException {
    if (!publishesTo().equals(target)) {
      Query.one(connection, "select puck.publish_to(?)", row -> "", target);
    }
  }

  /** How many dead letters wait for somebody. */
  public long deadLetters() throws SQLException {
    return Query.one(
        connection,
        "select count(*) from puck.dead_letter where replayed_at is null",
        row -> row.getLong(1));
  }
}
