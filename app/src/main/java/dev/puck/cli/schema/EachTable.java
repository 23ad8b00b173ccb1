package dev.puck.cli.schema;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Does the same with several tables, each in a transaction of its own, so that nobody who uses one
 * waits for another, and one that fails does not keep the others from it.
 */
final class EachTable {
  private final Database database;
  private final List<RuntimeException> failures = new ArrayList<>();

  private EachTable(Database database) {
    this.database = database;
  }

  /** What is to be done with a table. */
  @FunctionalInterface
  interface Work {
    void run(String name, long relation) throws SQLException;
  }

  /**
   * Does it with all.
   *
   * @param tables oid by name
   * @throws ConfigException with what failed, if some of it cannot pass by itself
   * @throws TransientException with what failed, if all of it may work later
   */
  static void run(Database database, Map<String, Long> tables, Work work) {
    EachTable each = new EachTable(database);
    tables.forEach((name, relation) -> each.run(name, relation, work));
    each.throwIfAny();
  }

  private void run(String name, long relation, Work work) {
    try {
      work.run(name, relation);
    } catch (SQLException e) {
      failures.add(database.failure(e, name));
    } catch (ConfigException | TransientException e) {
      failures.add(e);
    }
  }

  private void throwIfAny() {
    if (failures.isEmpty()) {
      return;
    }
    if (failures.stream().allMatch(TransientException.class::isInstance)) {
      throw joined(
          new TransientException(
              failures.stream()
                  .map(RuntimeException::getMessage)
                  .collect(Collectors.joining(" "))));
    }
    throw joined(
        new ConfigException(
            failures.stream().map(e -> new Problem("", String.valueOf(e.getMessage()))).toList()));
  }

  private <E extends RuntimeException> E joined(E all) {
    failures.forEach(all::addSuppressed);
    return all;
  }
}
