package dev.puck.cli.schema;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.NearestName;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.PostgresFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Says of a name that no table has it, and which one was probably meant. */
final class TableNames {
  private static final int NAMED = 10;

  /** No name; too many dots; another database's. */
  private static final Set<String> MISSPELLED = Set.of("42602", "42601", "22023", "0A000");

  private TableNames() {}

  /**
   * That there is no such table.
   *
   * @param what such as {@code table}
   * @param known qualified names, spelled as in SQL
   */
  static Problem unknown(String name, String what, List<String> known) {
    return new Problem("", "There is no " + what + " '" + name + "'; " + hint(name, known));
  }

  /** Where a table is looked for. */
  interface Lookup {
    OptionalLong find(String name) throws SQLException;
  }

  /**
   * The table's oid; empty where there is none.
   *
   * @throws ConfigException if PostgreSQL does not take it for a table's name
   */
  static OptionalLong find(String name, Lookup lookup) throws SQLException {
    try {
      return lookup.find(name);
    } catch (SQLException e) {
      if (!MISSPELLED.contains(PostgresFailure.stateOf(e))) {
        throw e;
      }
      throw new ConfigException(
          "Table '" + name + "': " + PostgresFailure.sentence(e) + " Spell it as in SQL.", e);
    }
  }

  private static String hint(String name, List<String> known) {
    if (known.isEmpty()) {
      return "there is none at all.";
    }
    return nearest(name, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(() -> "known: " + some(known) + ".");
  }

  /** As it was written, with or without its schema. */
  private static Optional<String> nearest(String name, List<String> known) {
    Optional<String> qualified = NearestName.to(name, known);
    if (qualified.isPresent() || name.contains(".")) {
      return qualified;
    }
    List<String> bare = known.stream().map(TableNames::bare).toList();
    return NearestName.to(name, bare).map(nearest -> known.get(bare.indexOf(nearest)));
  }

  /** What is after the schema, which may have a dot of its own in quotes. */
  private static String bare(String qualified) {
    boolean quoted = qualified.startsWith("\"");
    int end = quoted ? qualified.indexOf("\".") + 1 : qualified.indexOf('.');
    return qualified.substring(end + 1);
  }

  private static String some(List<String> known) {
    String first = String.join(", ", known.subList(0, Math.min(NAMED, known.size())));
    return known.size() <= NAMED ? first : first + " and " + (known.size() - NAMED) + " more";
  }
}
