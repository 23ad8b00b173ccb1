package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of each key's records, and of each partition's where that is promised, is that of the
 * truth, also inside one transaction and around truncates; one key stays in one partition; and
 * positions go up in every partition. What is lost or repeated is passed over here: others count
 * it.
 */
final class Order implements Check {
  private final Tally disorder = new Tally("out_of_order");
  private final Map<String, Deque<Integer>> ranks = new HashMap<>();
  private final Map<String, Integer> reached = new HashMap<>();
  private final Map<String, Integer> homes = new HashMap<>();
  private final Map<String, String> positions = new HashMap<>();
  private final Map<String, Integer> truncates = new HashMap<>();
  private boolean commitOrder;

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    rank(truth);
    commitOrder = truth.commitOrder();
    for (Sighting sighting : seen.records()) {
      checkPosition(sighting);
      if (sighting.kind() == Sighting.Kind.TRUNCATE) {
        truncates.merge(partition(sighting), 1, Integer::sum);
      } else if (sighting.line() != null) {
        checkHome(sighting);
        checkRank(sighting);
      }
    }
    return List.of(disorder.finding());
  }

  /** Each change's place in the truth, by what it says and how many truncates lie before it. */
  private void rank(Truth truth) {
    Map<String, Integer> epochs = new HashMap<>();
    int rank = 0;
    for (Fact fact : truth.facts()) {
      if (fact.op() == 't') {
        epochs.merge(fact.table(), 1, Integer::sum);
      } else {
        int epoch = epochs.getOrDefault(fact.table(), 0);
        ranks.computeIfAbsent(fact.identity() + '/' + epoch, id -> new ArrayDeque<>()).add(rank++);
      }
    }
  }

  private void checkRank(Sighting sighting) {
    Fact fact = sighting.fact();
    if (fact == null || fact.op() == 'r') {
      return;
    }
    int epoch = truncates.getOrDefault(partition(sighting), 0);
    Deque<Integer> mine = ranks.get(fact.identity() + '/' + epoch);
    if (mine == null) {
      checkEpoch(sighting, fact, epoch);
      return;
    }
    Integer rank = mine.poll();
    String line = commitOrder ? partition(sighting) : String.valueOf(sighting.line());
    if (rank != null && reached.merge(line, rank, Math::max) > rank) {
      disorder.add("after a later change of " + line + ": " + sighting);
    }
  }

  /** In the truth, but on another side of a truncate. */
  private void checkEpoch(Sighting sighting, Fact fact, int epoch) {
    int most = truncates.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    for (int other = 0; other <= most; other++) {
      if (other != epoch && ranks.containsKey(fact.identity() + '/' + other)) {
        disorder.add("after %d truncates and not %d: %s".formatted(epoch, other, sighting));
        return;
      }
    }
  }

  private void checkHome(Sighting sighting) {
    String line = String.valueOf(sighting.line());
    Integer home = homes.putIfAbsent(line, sighting.place().partition());
    if (home != null && home != sighting.place().partition()) {
      disorder.add("its key is in partition " + home + " as well: " + sighting);
    }
  }

  private void checkPosition(Sighting sighting) {
    String position = sighting.marks().position();
    String before = positions.put(partition(sighting), position);
    if (before != null && before.compareTo(position) >= 0) {
      disorder.add("after position " + before + ": " + sighting);
    }
  }

  private static String partition(Sighting sighting) {
    return sighting.place().topic() + ' ' + sighting.place().partition();
  }
}
