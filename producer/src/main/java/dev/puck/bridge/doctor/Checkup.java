package dev.puck.bridge.doctor;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that belong together.
 *
 * @param group what they are about
 * @param checks in their order
 * @param <E> what they look at
 */
record Checkup<E>(String group, List<Check<E>> checks) {
  private static final String FIX = "Mend that, and run puck doctor again.";

  Checkup {
    checks = List.copyOf(checks);
  }

  /** Runs all, whatever becomes of the others. */
  List<CheckResult> run(E end) throws InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    for (Check<E> check : checks) {
      Findings findings = new Findings();
      try {
        check.look(end, findings);
      } catch (SQLException e) {
        findings.problem("It cannot be checked: " + PostgresFailure.sentence(e), FIX);
      } catch (ConfigException | TransientException e) {
        findings.problem("It cannot be checked: " + e.getMessage(), FIX);
      }
      results.add(CheckResult.of(group, check.name(), findings));
    }
    return results;
  }

  /** Runs none. */
  List<CheckResult> skip(String why) {
    return checks.stream().map(check -> CheckResult.skipped(group, check.name(), why)).toList();
  }
}
