package dev.puck.bridge.doctor;

import dev.puck.bridge.doctor.Finding.Severity;
import java.util.List;

/**
 * What the doctor found.
 *
 * @param results of all checks, group by group
 */
public record Report(List<CheckResult> results) {
  public Report {
    results = List.copyOf(results);
  }

  /** How many findings of that severity there are. */
  public long count(Severity severity) {
    return results.stream()
        .flatMap(result -> result.findings().stream())
        .filter(finding -> finding.severity() == severity)
        .count();
  }

  /** Whether there is no problem. */
  public boolean isHealthy() {
    return count(Severity.PROBLEM) == 0;
  }
}
