package dev.puck.lab.proof;

import dev.puck.lab.proof.fault.FaultKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened so far, for the report. Used by one thread. */
final class Score {
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, String> controls = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int kills;
  private int changes;
  private int ends;
  private final Map<String, Long> slowest = new LinkedHashMap<>();

  Score() {
    slowest.put("standby", 0L);
    slowest.put("alone", 0L);
  }

  void add(FaultRunner.Overcome fault) {
    faults.merge(fault.kind().text(), 1, Integer::sum);
    kills += fault.kind().kills() ? 1 : 0;
    long millis = fault.took().toMillis();
    if (fault.kind() == FaultKind.KAFKA || fault.kind().text().startsWith("postgres")) {
      return; // the servers' own start
    }
    slowest.merge(fault.standby() ? "standby" : "alone", millis, Math::max);
  }

  void add(Verdict verdict, ProofOptions options) {
    changes = verdict.changes();
    ends = verdict.unexpectedEnds();
    verdict
        .findings()
        .forEach(
            finding -> {
              counts.put(finding.check(), finding.count());
              if (!finding.isClean()) {
                problems.add(
                    "%s %d, first: %s"
                        .formatted(finding.check(), finding.count(), finding.example()));
              }
            });
    require(
        changes >= options.leastChanges(),
        "Only " + changes + " changes, and not " + options.leastChanges() + ", happened");
    require(verdict.checkpoints() > 0, "No checkpoint was seen");
    boolean hasSlot = options.subject().slot("proof").isPresent();
    require(!hasSlot || verdict.slots() > 0, "No state of the slot was seen");
    require(kills >= options.kills(), "Only " + kills + " kills happened");
  }

  void add(Control control, boolean caught) {
    controls.put(control.name(), caught ? "caught" : "missed");
    require(caught, "Nothing noticed the sabotage " + control.name());
  }

  void addSlotDrop(boolean noticed) {
    require(noticed, "A bridge went on, or kept trying, though its slot was dropped");
  }

  void fail(String problem) {
    problems.add(problem);
  }

  boolean isClean() {
    return problems.isEmpty();
  }

  int kills() {
    return kills;
  }

  ProofReport report(long seed, double seconds, @Nullable Path kept) {
    return new ProofReport(
        seed, kills, faults, changes, counts, controls, problems, ends, slowest, seconds, kept);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      problems.add(otherwise);
    }
  }
}
