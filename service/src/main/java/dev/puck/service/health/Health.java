package dev.puck.service.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a process answers when asked how it is. Thread-safe. */
public final class Health {
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

  /** Each check's name with its problem, or {@code ok}. */
  public Map<String, String> report() {
    Map<String, String> report = new LinkedHashMap<>();
    checks.forEach(check -> report.put(check.name(), check.problem().orElse(OK)));
    return report;
  }

  /** Whether every check of that report holds. */
  public static boolean isReady(Map<String, String> report) {
    return report.values().stream().allMatch(OK::equals);
  }

  private static final String OK = "ok";
}
