package dev.puck.bridge.doctor;

import dev.puck.bridge.doctor.Finding.Severity;
import java.util.List;
import java.util.Locale;

/**
 * How one check went.
 *
 * @param group what it belongs to, such as {@code Kafka}
 * @param check its name, in kebab case
 * @param outcome the worst of its findings
 * @param seen what there was to see, in few words, or why it was skipped; may be empty
 * @param findings what it found, in the order in which it looked
 */
public record CheckResult(
    String group, String check, Outcome outcome, String seen, List<Finding> findings) {
  /** How a check went. */
  public enum Outcome {
    OK,
    NOTE,
    PROBLEM,
    SKIPPED;

    /** In lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CheckResult {
    findings = List.copyOf(findings);
  }

  static CheckResult of(String group, String check, Findings findings) {
    return new CheckResult(
        group, check, outcome(findings.list()), findings.seen(), findings.list());
  }

  static CheckResult skipped(String group, String check, String why) {
    return new CheckResult(group, check, Outcome.SKIPPED, why, List.of());
  }

  private static Outcome outcome(List<Finding> findings) {
    if (findings.isEmpty()) {
      return Outcome.OK;
    }
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.PROBLEM)
        ? Outcome.PROBLEM
        : Outcome.NOTE;
  }
}
