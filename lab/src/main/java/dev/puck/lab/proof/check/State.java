package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whoever folds a table's topic has the table, but for values that nobody could tell. Goes by the
 * final tables, not by the decoder.
 */
final class State implements Check {
  private final Tally drift = new Tally("state");

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    Map<String, Map<String, Folded>> folded = new HashMap<>();
    for (Sighting sighting : seen.records()) {
      fold(folded.computeIfAbsent(sighting.table(), table -> new HashMap<>()), sighting);
    }
    truth
        .tables()
        .forEach(
            (table, state) -> compare(table, state.atEnd(), folded.getOrDefault(table, Map.of())));
    return List.of(drift.finding());
  }

  private static void fold(Map<String, Folded> rows, Sighting sighting) {
    int partition = sighting.place().partition();
    String key = sighting.key();
    Fact fact = sighting.fact();
    if (sighting.kind() == Sighting.Kind.TRUNCATE) {
      rows.values().removeIf(row -> row.partition == partition);
    } else if (key != null && fact != null && fact.after() != null) {
      Folded known = rows.get(key);
      Image row = fact.after().over(known == null ? null : known.image);
      rows.put(key, new Folded(row, partition));
    } else if (key != null) {
      rows.remove(key);
    }
  }

  private void compare(String table, Map<String, Image> rows, Map<String, Folded> folded) {
    TreeSet<String> keys = new TreeSet<>(rows.keySet());
    keys.addAll(folded.keySet());
    for (String key : keys) {
      Image row = rows.get(key);
      Folded told = folded.get(key);
      if (row == null ? told != null : told == null || !row.equals(told.image.over(row))) {
        drift.add(
            "%s %s is %s, and by its topic %s"
                .formatted(table, key, row, told == null ? null : told.image));
      }
    }
  }

  private record Folded(Image image, int partition) {}
}
