package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Boundary;
import dev.puck.lab.proof.history.Part;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Each transaction that changed rows begins once and then ends once; its end counts what it has;
 * and its changes bear the numbers from 1 to that count, in all and in each table.
 */
final class Transactions implements Check {
  private final Tally wrong = new Tally("transactions");
  private final Map<Long, List<Boundary>> boundaries = new TreeMap<>();
  private final Map<Long, List<Part>> parts = new TreeMap<>();

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    seen.boundaries().forEach(each -> listed(boundaries, each.xid()).add(each));
    seen.parts().forEach(each -> listed(parts, each.xid()).add(each));
    for (Sighting each : seen.records()) {
      if (each.kind() == Sighting.Kind.ROW && each.marks().xid() > 0) {
        listed(parts, each.marks().xid());
      }
    }
    boundaries.keySet().forEach(xid -> listed(parts, xid));
    parts.forEach(this::check);
    return List.of(wrong.finding());
  }

  private void check(long xid, List<Part> changes) {
    List<Boundary> told = boundaries.getOrDefault(xid, List.of());
    if (told.size() != 2 || told.get(0).isEnd() || !told.get(1).isEnd()) {
      wrong.add("transaction " + xid + " does not begin and end, once each: " + told);
      return;
    }
    Map<String, Long> counts = new HashMap<>();
    changes.forEach(each -> counts.merge(each.table(), 1L, Long::sum));
    if (!counts.equals(told.get(1).counts())) {
      wrong.add("transaction " + xid + " has " + counts + ", and says at its end " + told.get(1));
    }
    requireNumbers(xid, changes.stream().map(Part::total).toList());
    for (String table : counts.keySet()) {
      requireNumbers(
          xid,
          changes.stream().filter(each -> each.table().equals(table)).map(Part::inTable).toList());
    }
  }

  private void requireNumbers(long xid, List<Long> numbers) {
    List<Long> asked = LongStream.rangeClosed(1, numbers.size()).boxed().toList();
    if (!numbers.stream().sorted().toList().equals(asked)) {
      wrong.add("transaction " + xid + " numbers its changes " + numbers);
    }
  }

  private static <T> List<T> listed(Map<Long, List<T>> byXid, long xid) {
    return byXid.computeIfAbsent(xid, any -> new ArrayList<>());
  }
}
