package dev.puck.cli.schema;

import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.retry.TransientException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code puck unwatch}: ends the capture of tables. Looks all names up before it does anything. */
public final class Unwatching {
  private final Database database;
  private final PrintWriter out;

  public Unwatching(Database database, PrintWriter out) {
    this.database = database;
    this.out = out;
  }

  /**
   * Ends the capture of these tables, each as if it were alone; of those that are not watched it
   * only says so.
   *
   * @param names spelled as in SQL; also of tables that were dropped since
   * @throws ConfigException if there is no such table, or the server refuses
   * @throws TransientException if somebody's lock was in the way
   */
  public void unwatch(List<String> names) {
    database.run(
        connection -> {
          unwatch(connection, names);
          return true;
        });
  }

  private void unwatch(Connection connection, List<String> names) throws SQLException {
    Ownership.require(database, connection);
    WatchRepository repository = new WatchRepository(connection);
    EachTable.run(
        database,
        find(repository, names),
        (name, relation) ->
            out.println(
                repository.unwatch(relation)
                    ? name + ": no longer watched; what the outbox holds of it stays."
                    : name + ": is not watched."));
  }

  private static Map<String, Long> find(WatchRepository repository, List<String> names)
      throws SQLException {
    Map<String, Long> tables = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      try {
        tables.put(name, find(repository, name));
      } catch (ConfigException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return tables;
  }

  private static long find(WatchRepository repository, String name) throws SQLException {
    OptionalLong watched = TableNames.find(name, repository::findWatched);
    OptionalLong relation = watched.isPresent() ? watched : repository.find(name);
    if (relation.isEmpty()) {
      List<String> known = repository.list().stream().map(WatchedTable::name).toList();
      throw new ConfigException(List.of(TableNames.unknown(name, "watched table", known)));
    }
    return relation.getAsLong();
  }
}
