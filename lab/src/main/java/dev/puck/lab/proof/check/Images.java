package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows before and after, and payloads, are in every column what they were in the database. */
final class Images implements Check {
  private final Tally wrong = new Tally("images");

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    Map<String, Fact> facts = new HashMap<>();
    truth.facts().forEach(fact -> facts.put(fact.identity(), fact));
    for (Sighting sighting : seen.records()) {
      Fact told = sighting.fact();
      Fact fact = told == null ? null : facts.get(told.identity());
      if (fact != null && !fact.equals(told)) {
        wrong.add(sighting + "\n  and was " + fact);
      }
    }
    return List.of(wrong.finding());
  }
}
