package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sighting.Kind;
import dev.puck.lab.proof.history.Sightings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the topics say of each row, from its first event to its last. */
final class Histories {
  /** By row: the numbers of its events, and where it was gone. */
  private final Map<String, List<Long>> states = new HashMap<>();

  private final Map<String, Image> last = new HashMap<>();
  private final Map<String, Long> events = new HashMap<>();
  private final Map<String, Set<String>> rowsOf = new HashMap<>();
  private final List<Sighting> strangers = new ArrayList<>();

  Histories(Sightings topics) {
    topics.records().forEach(this::add);
  }

  /** One after the other, from the time before there was the row. */
  List<Long> of(String row) {
    return states.getOrDefault(row, List.of(Seen.GONE));
  }

  /** The rows of that table that were ever told of. */
  Set<String> rows(String table) {
    Set<String> rows = new HashSet<>();
    states.keySet().stream().filter(row -> row.startsWith(table + ' ')).forEach(rows::add);
    return rows;
  }

  /** How each row is at the end. */
  Map<String, Image> last() {
    return last;
  }

  /** How many events tell of that row; tombstones do not count. */
  long events(String row) {
    return events.getOrDefault(row, 0L);
  }

  /** Records that should not be there: dead letters and gaps. */
  List<Sighting> strangers() {
    return strangers;
  }

  private void add(Sighting record) {
    if (record.kind() == Kind.STRANGER) {
      strangers.add(record);
    } else if (record.kind() == Kind.TRUNCATE) {
      rowsOf.getOrDefault(partition(record), Set.of()).forEach(row -> append(row, null));
    }
    @Nullable String row = record.line();
    if (row == null || (record.kind() != Kind.ROW && record.kind() != Kind.TOMBSTONE)) {
      return;
    }
    rowsOf.computeIfAbsent(partition(record), partition -> new HashSet<>()).add(row);
    @Nullable Fact fact = record.fact();
    if (fact != null) {
      events.merge(row, 1L, Long::sum);
    }
    append(row, fact == null ? null : fact.after());
  }

  private void append(String row, @Nullable Image image) {
    states
        .computeIfAbsent(row, key -> new ArrayList<>(List.of(Seen.GONE)))
        .add(image == null ? Seen.GONE : image.eid());
    if (image == null) {
      last.remove(row);
    } else {
      last.put(row, image);
    }
  }

  private static String partition(Sighting record) {
    return record.table() + '-' + record.place().partition();
  }
}
