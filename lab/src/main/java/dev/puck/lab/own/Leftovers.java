package dev.puck.lab.own;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What runs of the lab left in a database because they were killed. */
public final class Leftovers {
  private static final String OURS =
      """
      select nspname
        from pg_namespace
       where nspname like 'puck\\_lab\\_%' and obj_description(oid, 'pg_namespace') = ?
         and pg_has_role(nspowner, 'usage')
       order by nspname
      """;

  private Leftovers() {}

  /** Drops them, but for those of runs under way; a line for each. */
  public static List<String> clean(PostgresConfig config) {
    try (Connection connection = new Postgres(config, "puck lab clean").connect()) {
      List<String> lines = new ArrayList<>();
      for (String name : Query.list(connection, OURS, row -> row.getString(1), LabSchema.COMMENT)) {
        lines.add(name + (isDropped(connection, name) ? " dropped" : " is in use, and stays"));
      }
      return lines.isEmpty() ? List.of("Nothing was left behind.") : lines;
    } catch (SQLException e) {
      throw PostgresFailure.answering("PostgreSQL at " + config.address(), e);
    }
  }

  private static boolean isDropped(Connection connection, String name) throws SQLException {
    boolean free =
        Query.one(
            connection,
            "select pg_try_advisory_lock(hashtextextended(?, 0))",
            row -> row.getBoolean(1),
            name);
    if (free) {
      LabSchema.drop(connection, name);
    }
    return free;
  }
}
