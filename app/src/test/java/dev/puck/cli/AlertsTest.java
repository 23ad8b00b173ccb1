package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts: each is tried both ways, asks for what there is, and has a paragraph. */
class AlertsTest {
  private static final Path RULES = Project.root().resolve("ops/prometheus/alerts.yml");
  private static final Path TESTS = RULES.resolveSibling("alerts_test.yml");
  private static final Path SLOW_TESTS = RULES.resolveSibling("alerts_slow_test.yml");

  @Test
  void shouldFireWhenTheyMust() throws Exception {
    assumeThat(Promtool.isInstalled())
        .as("promtool is not installed: the alerts' unit tests are not run")
        .isTrue();
    for (Path tests : List.of(TESTS, SLOW_TESTS)) {
      assertThat(Promtool.run(Path.of("/dev/null"), "test", "rules", tests.toString())).isEmpty();
    }
  }

  @Test
  void shouldBeReadByThePrometheusOfTheDemo() throws Exception {
    assumeThat(Promtool.isInstalled())
        .as("promtool is not installed: ops/prometheus/prometheus.yml is not checked")
        .isTrue();
    String file = RULES.resolveSibling("prometheus.yml").toString();
    assertThat(Promtool.run(Path.of("/dev/null"), "check", "config", file)).isEmpty();
    assertThat(Files.readString(Path.of(file))).contains("rule_files: [alerts.yml]");
  }

  @Test
  void shouldBeTriedBothWays() throws IOException {
    List<String> tests =
        List.of((Files.readString(TESTS) + Files.readString(SLOW_TESTS)).split("  - name: "));
    for (String alert : alerts()) {
      assertThat(tests)
          .as(alert)
          .anyMatch(test -> test.startsWith("\"" + alert + ",") && test.contains("exp_labels"))
          .anyMatch(test -> test.startsWith("\"" + alert + ",") && test.contains("exp_alerts: []"));
    }
  }

  @Test
  void shouldAskForWhatTheProcessesTell() throws IOException {
    String page = Files.readString(Project.root().resolve("docs/metrics.md"));
    for (String metric : found("\\b((?:puck|kafka|jvm)_\\w+)", RULES)) {
      assertThat(page).contains("`" + metric.replaceFirst("_(bucket|count|sum)$", "") + "`");
    }
  }

  @Test
  void shouldEachHaveAParagraphInTheRunbook() throws IOException {
    Path runbook = Project.root().resolve("docs/runbook.md");
    assertThat(found("(?m)^### (\\w+)$", runbook)).containsExactlyElementsOf(alerts());
    assertThat(found("runbook: docs/runbook.md#(\\w+)", RULES))
        .containsExactlyElementsOf(alerts().stream().map(AlertsTest::anchor).toList());
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT);
  }

  private static List<String> alerts() throws IOException {
    List<String> alerts = found("alert: (\\w+)", RULES);
    assertThat(alerts).hasSizeGreaterThan(20);
    return alerts;
  }

  private static List<String> found(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(result -> result.group(1))
        .toList();
  }
}
