package dev.puck.cli.schema;

import dev.puck.bridge.schema.WatchOptions;
import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.retry.TransientException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code puck watch TABLE}: captures tables. All names are looked up before anything is done. */
public final class Watching {
  /** Syntax; no such column, function, operator or table; another type. */
  private static final Set<String> FILTER_ERRORS =
      Set.of("42601", "42703", "42883", "42P01", "42804", "42P02", "22P02", "42846");

  private final Database database;
  private final PrintWriter out;

  public Watching(Database database, PrintWriter out) {
    this.database = database;
    this.out = out;
  }

  /**
   * Captures these tables, each as if it were alone.
   *
   * @param names spelled as in SQL
   * @param options null: those that each has already
   * @throws ConfigException with the problem of each table that cannot be captured so
   * @throws TransientException if somebody's lock was in the way
   */
  public void watch(List<String> names, @Nullable WatchOptions options) {
    database.run(
        connection -> {
          watch(connection, names, options);
          return true;
        });
  }

  private void watch(Connection connection, List<String> names, @Nullable WatchOptions options)
      throws SQLException {
    Ownership.require(database, connection);
    WatchRepository repository = new WatchRepository(connection);
    Map<String, Long> tables = find(repository, names, options == null);
    EachTable.run(database, tables, (name, relation) -> watch(repository, name, relation, options));
  }

  private static Map<String, Long> find(
      WatchRepository repository, List<String> names, boolean again) throws SQLException {
    Map<String, Long> tables = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      try {
        tables.put(name, find(repository, name, again));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return tables;
  }

  private static long find(WatchRepository repository, String name, boolean again)
      throws SQLException {
    OptionalLong relation = TableNames.find(name, repository::find);
    if (relation.isEmpty()) {
      throw new ConfigException(List.of(TableNames.unknown(name, "table", repository.tables())));
    }
    if (again && repository.watched(relation.getAsLong()).isEmpty()) {
      throw new ConfigException("Table " + name + " is not watched yet. Leave --again out.");
    }
    return relation.getAsLong();
  }

  private void watch(
      WatchRepository repository, String name, long relation, @Nullable WatchOptions options)
      throws SQLException {
    Optional<WatchOptions> before = repository.watched(relation).map(WatchedTable::options);
    capture(repository, name, relation, options == null ? before.orElseThrow() : options);
    WatchedTable table = repository.watched(relation).orElseThrow();
    out.println("%s: watched, %s".formatted(table.name(), CaptureText.of(table.options())));
    before
        .filter(was -> !was.equals(table.options()))
        .ifPresent(was -> out.println("    until now: " + CaptureText.of(was)));
    repository.findings().stream()
        .filter(finding -> finding.table().equals(table.name()))
        .forEach(finding -> WatchedTables.print(finding, out));
    if (table.keyColumns().isEmpty()) {
      out.println("    It has no primary key: its changes bear no key, and so keep no order.");
    }
  }

  /** An error in the filter has words that say nothing of it: it was only a part of a statement. */
  private void capture(WatchRepository repository, String name, long relation, WatchOptions options)
      throws SQLException {
    try {
      repository.watch(relation, options);
    } catch (SQLException e) {
      boolean ofFilter =
          options.filter() != null && FILTER_ERRORS.contains(PostgresFailure.stateOf(e));
      if (ofFilter) {
        throw database.failure(e, name + ", --where " + options.filter());
      }
      throw e;
    }
  }
}
