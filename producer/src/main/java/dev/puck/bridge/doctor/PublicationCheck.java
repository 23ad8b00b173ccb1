package dev.puck.bridge.doctor;

import dev.puck.bridge.config.RouteConfig;
import dev.puck.bridge.config.WalConfig;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The publication has all that is routed, and breaks nobody's updates. */
final class PublicationCheck implements Check<Connection> {
  private static final String PUBLICATION =
      """
      select concat_ws(', ', case when not pubinsert then 'insert' end,
               case when not pubupdate then 'update' end, case when not pubdelete then 'delete' end,
               case when not pubtruncate then 'truncate' end),
             format('%I', pubname)
        from pg_catalog.pg_publication
       where pubname = ?
      """;

  private final WalConfig config;
  private final List<String> routed;

  PublicationCheck(WalConfig config, List<RouteConfig> routes) {
    this.config = config;
    this.routed = routes.stream().map(RouteConfig::table).filter(Objects::nonNull).toList();
  }

  @Override
  public String name() {
    return "publication";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Optional<Publication> found =
        Query.list(
                connection,
                PUBLICATION,
                row -> new Publication(row.getString(1), row.getString(2)),
                config.publication())
            .stream()
            .findFirst();
    if (found.isEmpty()) {
      findings.problem(
          "There is no publication '" + config.publication() + "'.",
          "puck init --source wal --table SCHEMA.TABLE");
      return;
    }
    Publication publication = found.get();
    List<PublishedTable> tables = PublishedTable.of(connection, config.publication());
    findings.saw(config.publication() + ", " + tables.size() + " tables");
    if (!publication.without.isEmpty()) {
      findings.note(
          "Publication " + publication.sql + " leaves out: " + publication.without + ".",
          "alter publication "
              + publication.sql
              + " set (publish = 'insert, update, delete, truncate')");
    }
    judgeRoutes(tables, findings);
    tables.forEach(table -> judge(table, publication, findings));
  }

  private void judgeRoutes(List<PublishedTable> tables, Findings findings) {
    Set<String> published = tables.stream().map(PublishedTable::name).collect(Collectors.toSet());
    for (String table : routed) {
      if (!published.contains(table)) {
        findings.problem(
            "Table " + table + " has a route, and is not published: nothing comes from it.",
            "puck init --source wal --table " + table);
      }
    }
  }

  private void judge(PublishedTable table, Publication publication, Findings findings) {
    if (!table.blind().isEmpty()) {
      findings.problem(
          "Table "
              + table.blind()
              + " is published without anything that identifies a row: PostgreSQL refuses its"
              + " updates and deletions.",
          "alter table "
              + table.blind()
              + " replica identity full; or alter publication "
              + publication.sql
              + " drop table "
              + table.sql());
    }
    if (config.startingState() && !table.readable()) {
      findings.problem(
          "The rows that table "
              + table.sql()
              + " has already may not be read, or not all of them, by the bridge's role.",
          "grant select on "
              + table.sql()
              + " to its role, and bypassrls where row level security hides rows; or"
              + " bridge.wal.starting-state: false");
    }
  }

  /**
   * What was found.
   *
   * @param without the changes that it leaves out, listed; empty: none
   */
  private record Publication(String without, String sql) {}
}
