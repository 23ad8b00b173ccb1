package dev.puck.lab.proof.oracle;

import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the truth of what was decoded, line by line in the order of the commits. */
final class TruthBuilder {
  private final Capture capture;
  private final List<Fact> facts = new ArrayList<>();
  private final Map<String, Map<String, Image>> rows = new HashMap<>();
  private final Map<String, Map<String, Image>> atWatch = new HashMap<>();
  private final Set<String> partial = new HashSet<>();
  private final Map<Long, Long> commits = new HashMap<>();

  /**
   * @param capture what the source tells
   */
  TruthBuilder(Capture capture) {
    this.capture = capture;
  }

  /** A transaction was committed, and that ends there in the WAL. */
  void addCommit(long xid, long end) {
    commits.put(xid, end);
  }

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
          boolean wholeRows = !partial.contains(table);
          tables.put(table, new Truth.TableTruth(shape, wholeRows, begin, end));
        });
    return new Truth(facts, tables, commits, capture.commitOrder());
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
    Map<String, Image> table = rows.computeIfAbsent(shape.table(), name -> new HashMap<>());
    if (row.verb().equals("TRUNCATE")) {
      table.clear();
      tell(shape, List.of(new Fact(shape.table(), 't', null, null, null)));
      return;
    }
    @Nullable String oldKey = Telling.oldKey(shape, row);
    @Nullable String newKey = Telling.newKey(shape, row);
    Telling telling = new Telling(shape, row, table.get(oldKey), capture.wholeRows());
    if (oldKey != null) {
      table.remove(oldKey);
    }
    if (newKey != null) {
      table.put(newKey, telling.after());
    }
    if (!capture.wholeRows() && Telling.isPartial(shape, row)) {
      partial.add(shape.table());
    }
    tell(shape, telling.facts());
  }

  private void tell(Shape shape, List<Fact> told) {
    if (atWatch.containsKey(shape.table())) {
      facts.addAll(told);
    }
  }

  private static Map<String, Image> without(Map<String, Image> one, Map<String, Image> other) {
    Map<String, Image> rest = new HashMap<>(one);
    rest.entrySet().removeAll(other.entrySet());
    return rest;
  }
}
