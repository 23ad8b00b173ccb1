package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.check.Finding;
import java.util.List;

/**
 * What became of a trial.
 *
 * @param events of the tables that are looked at
 * @param answers that readers had
 * @param findings of every check, clean ones, too
 * @param unexpectedEnds how many consumers ended by themselves after they had come up
 */
record ConsumerVerdict(int events, long answers, List<Finding> findings, int unexpectedEnds) {
  ConsumerVerdict {
    findings = List.copyOf(findings);
  }

  /** What those checks counted. */
  long count(List<String> checks) {
    return findings.stream()
        .filter(finding -> checks.contains(finding.check()))
        .mapToLong(Finding::count)
        .sum();
  }
}
