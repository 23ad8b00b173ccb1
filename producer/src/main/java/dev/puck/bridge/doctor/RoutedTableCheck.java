package dev.puck.bridge.doctor;

import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Every table that a route names is watched: else nothing comes by that route. */
final class RoutedTableCheck implements Check<Connection> {
  /** A route's table is spelled as the catalog has it. */
  private static final String IN_SQL =
      """
      select pg_catalog.quote_ident(pg_catalog.split_part(route, '.', 1)) || '.'
          || pg_catalog.quote_ident(pg_catalog.substr(route, pg_catalog.strpos(route, '.') + 1))
        from (values (?)) as r (route)
      """;

  private final List<String> tables;

  /** Those of the routes that name a table. */
  RoutedTableCheck(List<RouteConfig> routes) {
    this.tables = routes.stream().map(RouteConfig::table).filter(Objects::nonNull).toList();
  }

  @Override
  public String name() {
    return "routed-tables";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Set<String> watched =
        new WatchRepository(connection)
            .list().stream().map(WatchedTable::catalogName).collect(Collectors.toSet());
    for (String table : tables) {
      if (!watched.contains(table)) {
        String name = Query.one(connection, IN_SQL, row -> row.getString(1), table);
        findings.problem(
            "Table " + table + " has a route, and is not watched: nothing comes from it.",
            "puck watch '" + name + "'");
      }
    }
  }
}
