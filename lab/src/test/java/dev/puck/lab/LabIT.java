package dev.puck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.puck.lab.report.HtmlReport;
import dev.puck.lab.report.LabReport;
import dev.puck.lab.report.Need;
import dev.puck.lab.report.Outcome;
import dev.puck.lab.trial.Metric;
import dev.puck.lab.workload.Isolation;
import dev.puck.lab.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What everybody knows comes out by itself: which is more, and which is less. */
@Timeout(600)
class LabIT {
  private static final Duration OPEN = Duration.ofSeconds(2);

  private static LabReport report;

  @BeforeAll
  static void run() throws Exception {
    // One message is hot, for what makes writers wait for one another.
    Workload workload =
        new Workload(50, 2_000, 8, 50, 100, /* hot= */ 1, 1, Isolation.READ_COMMITTED, 7);
    LabOptions options =
        new LabOptions(
            List.of(
                "query",
                "matview-0.5s",
                "trigger-row",
                "listen",
                "kafka-memory-notify",
                "kafka-summary-outbox"),
            workload,
            1,
            OPEN.dividedBy(2),
            OPEN,
            Duration.ofSeconds(1),
            new Need(Duration.ofSeconds(10), 1, 1));
    report = Lab.run(options, System.out::println);
  }

  @Test
  void shouldShowAtOnceWhatIsCountedWhenItIsRead() {
    assertThat(value("query", Metric.STALENESS_P99)).isZero();
    assertThat(value("trigger-row", Metric.STALENESS_P99)).isZero();
  }

  @Test
  void shouldShowWhatIsRefreshedAsOldAsItsInterval() {
    assertThat(value("matview-0.5s", Metric.STALENESS_P50)).isGreaterThan(50);
    assertThat(value("matview-0.5s", Metric.STALENESS_P50))
        .isGreaterThan(value("query", Metric.STALENESS_P50));
  }

  @Test
  void shouldMakeWritersWaitForAHotRowOnlyWithATrigger() {
    assertThat(value("trigger-row", Metric.LOCK_WAITS))
        .isGreaterThan(value("query", Metric.LOCK_WAITS) + 1);
    assertThat(value("trigger-row", Metric.WRITES_PER_SECOND))
        .isLessThan(value("query", Metric.WRITES_PER_SECOND));
  }

  @Test
  void shouldEqualTheTruthWhenNothingWentWrong() {
    assertThat(report.outcomes()).allMatch(each -> median(each, Metric.DRIFT) == 0);
  }

  @Test
  void shouldLoseEventsWithoutConnectionUnlessTheyAreKept() {
    assertThat(value("listen", Metric.DRIFT_AFTER_DISCONNECT)).isPositive();
    assertThat(value("kafka-memory-notify", Metric.GAPS)).isPositive();
    assertThat(value("kafka-summary-outbox", Metric.DRIFT_AFTER_DISCONNECT)).isZero();
    assertThat(value("kafka-summary-outbox", Metric.GAPS)).isZero();
  }

  @Test
  void shouldCountTwiceAfterARestartOnlyWhereThatIsTheServicesWay() {
    assertThat(value("listen", Metric.DRIFT_AFTER_RESTART)).isPositive();
    assertThat(value("kafka-summary-outbox", Metric.DRIFT_AFTER_RESTART)).isZero();
    assertThat(value("kafka-memory-notify", Metric.DRIFT_AFTER_RESTART)).isZero();
  }

  @Test
  void shouldRefuseWhatLosesEvents() {
    assertThat(report.verdict().refused()).containsKeys("listen", "kafka-memory-notify");
    assertThat(report.verdict().costs()).containsKeys("query", "kafka-summary-outbox");
  }

  @Test
  void shouldReportAsItsSchemaSays() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/lab.schema.json")));
    assertThat(schema.validate(report.toJson())).isEmpty();
  }

  @Test
  void shouldBeOnePageThatNeedsNoNetwork() {
    assertThat(HtmlReport.of(report))
        .contains("kafka-summary-outbox", "<svg", "</html>")
        .doesNotContain("{{", "<script", "http://", "https://", "url(");
  }

  private static double value(String strategy, Metric metric) {
    return report.outcomes().stream()
        .filter(each -> each.strategy().equals(strategy))
        .mapToDouble(each -> median(each, metric))
        .findFirst()
        .orElseThrow();
  }

  private static double median(Outcome outcome, Metric metric) {
    return outcome.get(metric).orElseThrow().median();
  }
}
