package dev.puck.lab.own;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to keep what the user's application reads.
 *
 * @param name of it
 * @param make what makes it, in the lab's schema
 * @param read how it is read
 * @param interval how often it is refreshed; zero for what is not
 */
record OwnStrategy(String name, List<String> make, SqlFile read, Duration interval) {
  static final String VIEW = "kept";
  static final String SETUP = "setup";

  OwnStrategy {
    make = List.copyOf(make);
  }

  /** Their names, the simplest first. */
  static List<String> names(OwnSql sql, boolean quick) {
    List<String> names = new ArrayList<>(List.of("query", "matview-0.5s", "matview-2s"));
    if (!quick) {
      names.add("matview-30s");
    }
    if (sql.setup().isPresent()) {
      names.add(SETUP);
    }
    return names;
  }

  /** That of a name. */
  static OwnStrategy named(String name, OwnSql sql, String schema, String keyColumn) {
    return switch (name) {
      case "query" -> new OwnStrategy(name, List.of(), sql.read(), Duration.ZERO);
      case SETUP ->
          new OwnStrategy(
              name, sql.setup().map(List::of).orElse(List.of()), sql.setupRead(), Duration.ZERO);
      case "matview-0.5s" -> view(name, sql, schema, keyColumn, Duration.ofMillis(500));
      case "matview-2s" -> view(name, sql, schema, keyColumn, Duration.ofSeconds(2));
      case "matview-30s" -> view(name, sql, schema, keyColumn, Duration.ofSeconds(30));
      default -> throw new IllegalArgumentException("No strategy is named '" + name + "'");
    };
  }

  private static OwnStrategy view(
      String name, OwnSql sql, String schema, String keyColumn, Duration interval) {
    String view = schema + "." + VIEW;
    String key = Relation.quoted(keyColumn);
    return new OwnStrategy(
        name,
        List.of(
            "create materialized view " + view + " as " + sql.truthQuery(),
            "create unique index " + VIEW + "_key on " + view + " (" + key + ")"),
        SqlScanner.scan("select * from %s where %s = :key".formatted(view, key), new ArrayList<>()),
        interval);
  }
}
