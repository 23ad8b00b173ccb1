package dev.puck.lab.proof.check;

import dev.puck.lab.proof.history.CheckpointSample;
import dev.puck.lab.proof.history.Glimpse;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
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
   * @param samples the checkpoints seen, in order
   * @param live what was read along, by {@code topic-partition}
   */
  public static List<Finding> run(
      Truth truth,
      Sightings seen,
      List<CheckpointSample> samples,
      Map<String, List<Glimpse>> live) {
    List<Check> checks =
        List.of(
            new Counts(),
            new Identities(),
            new Order(),
            new Chain(),
            new Images(),
            new Tombstones(),
            new State(),
            new CheckpointLead(samples),
            new LiveView(live));
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
