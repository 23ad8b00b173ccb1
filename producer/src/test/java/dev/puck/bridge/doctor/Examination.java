package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.doctor.CheckResult.Outcome;
import dev.puck.service.config.ConfigLoader;
import dev.puck.service.connection.KafkaConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A doctor's visit to a test's servers. */
final class Examination {
  private final Report report;

  private Examination(Report report) {
    this.report = report;
  }

  /** Examines with a section {@code bridge} written as YAML. */
  static Examination of(String bridge, String bootstrapServers) throws InterruptedException {
    return of(bridge, bootstrapServers, Clock.systemUTC());
  }

  static Examination of(String bridge, String bootstrapServers, Clock clock)
      throws InterruptedException {
    return new Examination(
        new Doctor(config(bridge), new KafkaConfig(bootstrapServers, Map.of()), clock).examine());
  }

  static BridgeConfig config(String bridge) {
    return new ConfigLoader(Map.of()).parse(bridge, Path.of("puck.yaml"), BridgeConfig.class);
  }

  Report report() {
    return report;
  }

  Outcome outcome(String group, String check) {
    return result(group, check).outcome();
  }

  /** What a check found, each as {@code severity: what → fix}. */
  List<String> findings(String group, String check) {
    return texts(result(group, check).findings());
  }

  /** What all checks found. */
  List<String> findings() {
    return texts(report.results().stream().flatMap(result -> result.findings().stream()).toList());
  }

  static List<String> texts(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.severity().text() + ": " + finding.what() + " → " + finding.fix())
        .toList();
  }

  private CheckResult result(String group, String check) {
    return report.results().stream()
        .filter(result -> result.group().equals(group) && result.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No check '" + check + "' in " + report));
  }
}
