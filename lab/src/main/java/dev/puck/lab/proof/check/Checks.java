package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import dev.puck.lab.proof.history.Watched;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All checks of a history. */
public final class Checks {
  private Checks() {}

  /**
   * What each check found, by its name; two that answer to one name are added up as the greater of
   * both, since they look at one fault from two sides.
   *
   * @param watched while it happened
   */
  public static List<Finding> run(Truth truth, Sightings seen, Watched watched) {
    List<Check> checks =
        new ArrayList<>(
            List.of(
                new Counts(),
                new Identities(),
                new Order(),
                new Chain(),
                new Images(),
                new Tombstones(),
                new State(),
                new Transactions(),
                new CheckpointLead(watched.checkpoints()),
                new LiveView(watched.live())));
    if (!watched.slots().isEmpty()) {
      checks.add(new SlotLead(watched.slots()));
    }
    Map<String, Finding> findings = new LinkedHashMap<>();
    for (Check check : checks) {
      for (Finding finding : check.findings(truth, seen)) {
        findings.merge(finding.check(), finding, Checks::greater);
      }
    }
    return List.copyOf(findings.values());
  }

  private static Finding greater(Finding one, Finding other) {
    @Nullable String example = one.example() != null ? one.example() : other.example();
    return new Finding(one.check(), Math.max(one.count(), other.count()), example);
  }
}
