package dev.puck.lab.series;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the series found comes out again: which is more, and what is counted. */
@Timeout(300)
class SeriesIT {
  private static final int WORKERS = 30;
  private static final int RETWEETS = 20;

  private static SeriesReport report;

  @BeforeAll
  static void run() throws Exception {
    report = Series.run(new SeriesOptions(WORKERS, List.of(RETWEETS), 1, 7), System.out::println);
    report.lines().forEach(System.out::println);
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountEveryRetweet(Way way) {
    assertThat(report.crowds().counted(way, RETWEETS)).isEqualTo(WORKERS * RETWEETS);
  }

  @Test
  void shouldMakeWritersOfOneRowWaitForOneAnother() {
    assertThat(seconds(Way.UPDATE)).isGreaterThan(seconds(Way.INSERT));
    assertThat(seconds(Way.TRIGGER)).isGreaterThan(seconds(Way.INSERT));
    assertThat(seconds(Way.TRIGGER)).isGreaterThan(seconds(Way.TRIGGER_APART));
  }

  @Test
  void shouldSetTheSeriesFiguresBeside() {
    assertThat(Way.UPDATE.seriesRatio(100).orElseThrow()).isBetween(1.2, 1.25);
    assertThat(Way.NOTIFY.seriesRatio(100).orElseThrow()).isBetween(1.5, 1.6);
    assertThat(Way.NOTIFY.seriesRatio(10)).isEmpty();
    assertThat(String.join("\n", report.lines())).contains("[series]", "[2.00]", "[0.57]");
  }

  @Test
  void shouldWaitAtReadCommittedAndFailAtRepeatableRead() {
    assertThat(counted("isolation"))
        .containsAllEntriesOf(Map.of("read_committed_waited", 20, "read_committed_failed", 0))
        .containsAllEntriesOf(
            Map.of(
                "repeatable_read_waited", 20,
                "repeatable_read_failed", 20,
                "repeatable_read_retried", 20))
        .containsAllEntriesOf(Map.of("read_committed_counted", 40, "repeatable_read_counted", 40));
  }

  @Test
  void shouldHearEqualNotificationsOnceAndPublishAll() {
    assertThat(counted("folding"))
        .isEqualTo(
            Map.of(
                "seven_notify", 4,
                "seven_outbox", 7,
                "identical_notify", 1,
                "identical_outbox", 100));
  }

  @Test
  void shouldCountTwiceAfterARestartOnlyInTheSeriesService() {
    assertThat(counted("restart"))
        .isEqualTo(Map.of("restart_listen", 41_688, "restart_summary", 20_844));
  }

  @Test
  void shouldReportAsItsSchemaSays() throws Exception {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("../docs/series.schema.json")));
    assertThat(schema.validate(report.toJson())).isEmpty();
  }

  private static double seconds(Way way) {
    return report.crowds().seconds(way, RETWEETS).median();
  }

  private static Map<String, Integer> counted(String experiment) {
    Iterable<JsonNode> facts = report.toJson().path(experiment);
    return StreamSupport.stream(facts.spliterator(), false)
        .collect(
            Collectors.toMap(
                each -> each.path("key").asText(), each -> each.path("counted").asInt()));
  }
}
