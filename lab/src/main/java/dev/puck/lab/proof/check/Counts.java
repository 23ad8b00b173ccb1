package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every change once: {@code lost}, {@code duplicated} and {@code phantom}. Changes are told apart
 * by what they say, not by the bridge's own ids; changes that change nothing are counted.
 */
final class Counts implements Check {
  private final Tally lost = new Tally("lost");
  private final Tally duplicated = new Tally("duplicated");
  private final Tally phantom = new Tally("phantom");

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    countRows(truth, seen);
    countTruncates(truth, seen);
    countStrangers(seen);
    return List.of(lost.finding(), duplicated.finding(), phantom.finding());
  }

  private void countRows(Truth truth, Sightings seen) {
    Map<String, Deque<Fact>> owed = new HashMap<>();
    for (Fact fact : truth.facts()) {
      if (fact.op() != 't') {
        owed.computeIfAbsent(fact.identity(), id -> new ArrayDeque<>()).add(fact);
      }
    }
    for (Sighting sighting : seen.records()) {
      Fact fact = sighting.fact();
      if (fact != null && fact.op() != 'r') {
        settle(owed, fact, sighting);
      }
    }
    owed.values().forEach(left -> left.forEach(fact -> lost.add(fact.toString())));
  }

  private void settle(Map<String, Deque<Fact>> owed, Fact fact, Sighting sighting) {
    Deque<Fact> left = owed.get(fact.identity());
    if (left == null) {
      phantom.add(sighting.toString());
    } else if (left.poll() == null) {
      duplicated.add(sighting.toString());
    }
  }

  /** Each has a record in every partition. */
  private void countTruncates(Truth truth, Sightings seen) {
    Map<String, Integer> told = new HashMap<>();
    for (Sighting sighting : seen.records()) {
      if (sighting.kind() == Sighting.Kind.TRUNCATE) {
        told.merge(sighting.table() + ' ' + sighting.place().partition(), 1, Integer::sum);
      }
    }
    for (String table : truth.tables().keySet()) {
      int wanted =
          (int)
              truth.facts().stream()
                  .filter(fact -> fact.op() == 't' && fact.table().equals(table))
                  .count();
      for (int partition = 0; partition < seen.partitions().getOrDefault(table, 1); partition++) {
        int found = told.getOrDefault(table + ' ' + partition, 0);
        String example =
            "truncate of %s in partition %d: %d times, not %d"
                .formatted(table, partition, found, wanted);
        lost.add(Math.max(0, wanted - found), example);
        (wanted == 0 ? phantom : duplicated).add(Math.max(0, found - wanted), example);
      }
    }
  }

  private void countStrangers(Sightings seen) {
    List<Sighting> strangers = new ArrayList<>(seen.records());
    strangers.removeIf(sighting -> sighting.kind() != Sighting.Kind.STRANGER);
    strangers.forEach(stranger -> phantom.add(stranger.toString()));
  }
}
