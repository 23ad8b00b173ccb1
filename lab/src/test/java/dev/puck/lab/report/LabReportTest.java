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
      "Others used 50 % of the machine before it began: these numbers say little. Do it again when"
          + " it is quiet.";

  @Test
  void shouldWarnOfNumbersFromABusyMachine() {
    assertThat(report(0.5).lines()).last().isEqualTo(WARNING);
    assertThat(HtmlReport.of(report(0.5))).contains(WARNING);
    assertThat(report(0.1).lines()).last().asString().doesNotContain("quiet");
  }

  private static LabReport report(double busy) {
    List<Outcome> outcomes = List.of(new Outcome("query", Map.of()));
    return new LabReport(
        Instant.EPOCH,
        Map.of(LabReport.BUSY_BEFORE, busy),
        outcomes,
        Verdict.on(outcomes, new Need(Duration.ofSeconds(1), 1, 1), Metric.CORES),
        1);
  }
}
