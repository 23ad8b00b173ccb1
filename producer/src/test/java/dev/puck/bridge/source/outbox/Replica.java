package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Truncate;
import dev.puck.bridge.source.Utf8;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables with a primary key that a stream of changes makes. Every change must continue what the
 * one before left of its key, to the letter: so nothing is lost, repeated, stale or out of order.
 */
final class Replica {
  /** By table and key; a key of which nothing is known yet is not there. */
  private final Map<String, Map<String, Optional<String>>> tables = new HashMap<>();

  private final Set<String> ids = new HashSet<>();

  /** Applies the changes in their order. */
  static Replica of(List<Change> changes) {
    Replica replica = new Replica();
    changes.forEach(replica::apply);
    return replica;
  }

  /** Sees that it is what the table is now. */
  Replica hasAllOf(Database database, String table) throws SQLException {
    List<String> images =
        database.column("select row_to_json(t)::text from %s as t".formatted(table));
    List<String> rows =
        rows(database.text("select '%s'::regclass::oid::regclass".formatted(table)));
    // In order: in any order, AssertJ compares each with each.
    assertThat(rows.stream().sorted().toList())
        .containsExactlyElementsOf(images.stream().sorted().toList());
    return this;
  }

  /** The rows of a table, by its name in the schema {@code public} or with another schema. */
  List<String> rows(String table) {
    String name = table.contains(".") ? table : "public." + table;
    return tables.getOrDefault(name, Map.of()).values().stream().flatMap(Optional::stream).toList();
  }

  private void apply(Change change) {
    if (change instanceof RowChange row) {
      assertThat(ids.add(row.origin().id())).as("again: %s", row).isTrue();
      apply(row, tables.computeIfAbsent(row.relation().name(), any -> new HashMap<>()));
    } else if (change instanceof Truncate truncate && truncate.partition() == null) {
      tables
          .getOrDefault(truncate.relation().name(), Map.of())
          .replaceAll((key, image) -> Optional.empty());
    }
  }

  private static void apply(RowChange change, Map<String, Optional<String>> table) {
    String key = String.valueOf(change.key());
    switch (change.operation()) {
      case CREATE -> {
        expect(table, key, Optional.empty(), change);
        table.put(key, image(change.after()));
      }
      case UPDATE -> {
        String oldKey = change.oldKey() == null ? key : change.oldKey();
        expect(table, oldKey, image(change.before()), change);
        table.put(oldKey, Optional.empty());
        expect(table, key, Optional.empty(), change);
        table.put(key, image(change.after()));
      }
      case DELETE -> {
        expect(table, key, image(change.before()), change);
        table.put(key, Optional.empty());
      }
      case READ -> {
        expect(table, key, image(change.after()), change);
        table.put(key, image(change.after()));
      }
    }
  }

  private static Optional<String> image(@Nullable Utf8 row) {
    return Optional.ofNullable(row).map(Utf8::toString);
  }

  private static void expect(
      Map<String, Optional<String>> table, String key, Optional<String> image, RowChange change) {
    if (table.containsKey(key)) {
      assertThat(table.get(key)).as("%s before %s", key, change).isEqualTo(image);
    }
  }
}
