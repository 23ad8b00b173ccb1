package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A deletion, and nothing else, is followed by a tombstone: the next record of its key. */
final class Tombstones implements Check {
  private final Tally wrong = new Tally("tombstones");
  private final Map<String, Sighting> deleted = new HashMap<>();

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    for (Sighting sighting : seen.records()) {
      if (sighting.line() != null && sighting.kind() != Sighting.Kind.MESSAGE) {
        check(sighting, String.valueOf(sighting.line()));
      }
    }
    deleted.values().forEach(last -> wrong.add("no tombstone after " + last));
    return List.of(wrong.finding());
  }

  private void check(Sighting sighting, String line) {
    Sighting before = deleted.remove(line);
    boolean isTombstone = sighting.kind() == Sighting.Kind.TOMBSTONE;
    if (before != null && !isTombstone) {
      wrong.add("no tombstone after " + before);
    }
    if (before == null && isTombstone) {
      wrong.add("no deletion before " + sighting);
    }
    Fact fact = sighting.fact();
    if (fact != null && fact.op() == 'd') {
      deleted.put(line, sighting);
    }
  }
}
