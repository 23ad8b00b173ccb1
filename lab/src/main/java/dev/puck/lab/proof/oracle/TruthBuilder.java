package dev.puck.lab.proof.oracle;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the truth of what was decoded, line by line in the order of the commits. */
final class TruthBuilder {
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, Map<String, Image>> rows = new HashMap<>();
  private final Map<String, Map<String, Image>> atWatch = new HashMap<>();

  /** One line of {@code test_decoding}; those that tell of no row are passed over. */
  void add(String line) {
    if (RowParser.isRow(line)) {
      RowParser.parse(line).forEach(this::add);
    }
  }

  /**
   * All that was added.
   *
   * @param atEnd the rows of each watched table as the table itself has them
   * @throws IllegalStateException if they are not what was decoded: then there is no truth
   */
  Truth build(Map<String, Map<String, Image>> atEnd) {
    Map<String, Truth.TableTruth> tables = new HashMap<>();
    atWatch.forEach(
        (table, begin) -> {
          Map<String, Image> end = Objects.requireNonNull(atEnd.get(table), table);
          Map<String, Image> decoded = rows.getOrDefault(table, Map.of());
          if (!decoded.equals(end)) {
            throw new IllegalStateException(
                "The decoder and table %s do not agree: %s and %s"
                    .formatted(table, without(decoded, end), without(end, decoded)));
          }
          Shape shape = Objects.requireNonNull(Tables.shape(table), table);
          tables.put(table, new Truth.TableTruth(shape, begin, end));
        });
    return new Truth(facts, tables);
  }

  private void add(DecodedRow row) {
    if (row.table().equals(Tables.SENT)) {
      addMessage(row.after());
    } else if (row.table().equals(Tables.WATCHED)) {
      String table = Objects.requireNonNull(row.after().get("name"));
      atWatch.put(table, Map.copyOf(rows.getOrDefault(table, Map.of())));
    } else {
      @Nullable Shape shape = Tables.shape(row.table());
      if (shape != null) {
        addRow(shape, row);
      }
    }
  }

  private void addMessage(Map<String, @Nullable String> sent) {
    Image payload =
        new Image(
            String.valueOf(sent.get("payload")),
            Long.parseLong(Objects.requireNonNull(sent.get("eid"))));
    facts.add(new Fact(Fact.MESSAGES + sent.get("channel"), 'm', sent.get("key"), null, payload));
  }

  private void addRow(Shape shape, DecodedRow row) {
    @Nullable Image before = row.before().isEmpty() ? null : shape.image(row.before());
    @Nullable Image after = row.after().isEmpty() ? null : shape.image(row.after());
    @Nullable String oldKey = shape.keyOf(row.before());
    @Nullable String newKey = shape.keyOf(row.after());
    switch (row.verb()) {
      case "INSERT" -> add(shape, new Fact(shape.table(), 'c', newKey, null, after));
      case "DELETE" -> add(shape, new Fact(shape.table(), 'd', oldKey, before, null));
      case "UPDATE" -> {
        if (Objects.equals(oldKey, newKey)) {
          add(shape, new Fact(shape.table(), 'u', newKey, before, after));
        } else {
          add(shape, new Fact(shape.table(), 'd', oldKey, before, null));
          add(shape, new Fact(shape.table(), 'c', newKey, null, after));
        }
      }
      case "TRUNCATE" -> add(shape, new Fact(shape.table(), 't', null, null, null));
      default -> throw new IllegalArgumentException("Unknown: " + row);
    }
  }

  private void add(Shape shape, Fact fact) {
    Map<String, Image> table = rows.computeIfAbsent(shape.table(), name -> new HashMap<>());
    if (fact.op() == 't') {
      table.clear();
    } else if (fact.key() != null && fact.after() != null) {
      table.put(fact.key(), fact.after());
    } else if (fact.key() != null) {
      table.remove(fact.key());
    }
    if (atWatch.containsKey(shape.table())) {
      facts.add(fact);
    }
  }

  private static Map<String, Image> without(Map<String, Image> one, Map<String, Image> other) {
    Map<String, Image> rest = new HashMap<>(one);
    rest.entrySet().removeAll(other.entrySet());
    return rest;
  }
}
