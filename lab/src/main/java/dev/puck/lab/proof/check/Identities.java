package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No {@code puck.id} twice, but for a truncate's, which is the same in every partition; and no row
 * of a starting state twice. By the bridge's own ids, where {@link Counts} goes by what is said.
 */
final class Identities implements Check {
  private final Tally repeated = new Tally("duplicated");
  private final Set<String> known = new HashSet<>();

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    for (Sighting sighting : seen.records()) {
      if (sighting.kind() == Sighting.Kind.STRANGER) {
        continue;
      }
      Fact fact = sighting.fact();
      if (!known.add(name(sighting)) || isRowReadAgain(fact)) {
        repeated.add(sighting.toString());
      }
    }
    return List.of(repeated.finding());
  }

  private boolean isRowReadAgain(@Nullable Fact fact) {
    return fact != null && fact.op() == 'r' && fact.key() != null && !known.add("r " + fact.line());
  }

  private static String name(Sighting sighting) {
    String part =
        sighting.kind() == Sighting.Kind.TRUNCATE
            ? sighting.table() + sighting.place().partition()
            : "";
    return "id " + sighting.marks().id() + part;
  }
}
