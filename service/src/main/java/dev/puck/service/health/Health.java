package dev.puck.service.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a process answers when asked how it is. Thread-safe. */
public final class Health {
  private static final String OK = "ok";

  private final List<HealthCheck> checks;

  public Health(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /** A check of that name that asks {@code problem}. */
  public static HealthCheck check(String name, Supplier<Optional<String>> problem) {
    return new HealthCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> problem() {
        return problem.get();
      }
    };
  }

  /** Each check's name with its problem, or {@code ok}; of checks with one name, the problems. */
  public Map<String, String> report() {
    Map<String, String> report = new LinkedHashMap<>();
    checks.forEach(check -> report.merge(check.name(), ask(check), Health::join));
    return report;
  }

  /** Whether every check of that report holds. */
  public static boolean isReady(Map<String, String> report) {
    return report.values().stream().allMatch(OK::equals);
  }

  /** A check that cannot tell must not keep the others from telling. */
  private static String ask(HealthCheck check) {
    try {
      return check.problem().orElse(OK);
    } catch (RuntimeException e) {
      return "could not be checked (" + e + ")";
    }
  }

  private static String join(String one, String other) {
    if (one.equals(OK)) {
      return other;
    }
    return other.equals(OK) ? one : one + "; " + other;
  }
}
