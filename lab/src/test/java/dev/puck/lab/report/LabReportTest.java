package dev.puck.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.lab.trial.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabReportTest {
  private static final String WARNING =
      "The machine was busy before it began (load 1.5 on 2 processors): these numbers say little."
          + " Do it again when it is quiet.";

  @Test
  void shouldWarnOfNumbersFromABusyMachine() {
    assertThat(report(1.5).lines()).last().isEqualTo(WARNING);
    assertThat(HtmlReport.of(report(1.5))).contains(WARNING);
    assertThat(report(1.0).lines()).last().asString().doesNotContain("busy");
  }

  private static LabReport report(double load) {
    List<Outcome> outcomes = List.of(new Outcome("query", Map.of()));
    return new LabReport(
        Instant.EPOCH,
        Map.of(LabReport.PROCESSORS, 2, LabReport.LOAD, load),
        outcomes,
        Verdict.on(outcomes, new Need(Duration.ofSeconds(1), 1, 1), Metric.CORES),
        1);
  }
}
