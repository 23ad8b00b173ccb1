package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every change of a row begins where the one before it ended, and a row of a starting state is what
 * the changes before it made: what a projection that goes by versions relies on. Where rows before
 * their changes are not told, they must at least have been there. Asks the truth only for what was
 * there when a table was watched.
 */
final class Chain implements Check {
  private final Tally breaks = new Tally("out_of_order");
  private final Map<String, Image> rows = new HashMap<>();
  private final Map<String, Set<String>> homes = new HashMap<>();
  private final Set<String> partial = new HashSet<>();

  @Override
  public List<Finding> findings(Truth truth, Sightings seen) {
    truth
        .tables()
        .forEach(
            (table, state) -> {
              state.atWatch().forEach((key, row) -> rows.put(table + ' ' + key, row));
              if (!state.wholeRows()) {
                partial.add(table);
              }
            });
    for (Sighting sighting : seen.records()) {
      if (sighting.kind() == Sighting.Kind.TRUNCATE) {
        homes.getOrDefault(home(sighting), Set.of()).forEach(rows::remove);
      } else if (sighting.kind() == Sighting.Kind.ROW && sighting.line() != null) {
        follow(sighting, String.valueOf(sighting.line()));
      }
    }
    return List.of(breaks.finding());
  }

  private void follow(Sighting sighting, String line) {
    homes.computeIfAbsent(home(sighting), partition -> new HashSet<>()).add(line);
    Fact fact = sighting.fact();
    if (fact == null) {
      return;
    }
    @Nullable Image known = rows.get(line);
    if (!follows(fact, known)) {
      breaks.add("does not follow from " + known + ": " + sighting);
    }
    if (fact.after() == null) {
      rows.remove(line);
    } else {
      rows.put(line, fact.after());
    }
  }

  private boolean follows(Fact fact, @Nullable Image known) {
    if (partial.contains(fact.table())) {
      return known == null ? fact.op() == 'c' || fact.op() == 'r' : fact.op() != 'c';
    }
    @Nullable Image wanted = fact.op() == 'r' ? fact.after() : fact.before();
    return known == null ? wanted == null : known.equals(wanted);
  }

  private static String home(Sighting sighting) {
    return sighting.table() + ' ' + sighting.place().partition();
  }
}
