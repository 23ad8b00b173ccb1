package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the panels of Grafana's dashboard ask, a real Prometheus answers. */
@ExtendWith(PuckExtension.class)
class DashboardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TestEnvironment environment;
  @TempDir private Path directory;

  DashboardIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldHaveSomethingToShowInEachPanel() throws Exception {
    assumeThat(Prometheus.isInstalled())
        .as("prometheus is not installed: the dashboard's queries are not run")
        .isTrue();
    try (MonitoredPipeline pipeline = MonitoredPipeline.start(environment, directory);
        WalBridge wal = WalBridge.start(environment, pipeline, directory);
        PuckProcess crowd = crowd(pipeline);
        Prometheus prometheus =
            Prometheus.start(
                directory,
                List.of(pipeline.bridge().url(), wal.url()),
                List.of(pipeline.consumer().url()))) {
      await().atMost(PATIENCE).until(() -> pipeline.consumer().isReady());
      for (String projection : List.of("messages", "counters")) {
        CommandRun audit = pipeline.audit(projection);
        assertThat(audit.exitCode()).as(audit.err() + crowd.output()).isZero();
      }
      ask(pipeline, "messages/1");
      // What is told of collections comes with the first of them
      System.gc();
      Dashboard dashboard = Dashboard.read();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Map<String, String> variables = variables(dashboard, prometheus);
                assertThat(dashboard.panels())
                    .allSatisfy(panel -> assertShows(panel, variables, prometheus));
              });
      assertThat(prometheus.rules())
          .hasSizeGreaterThan(20)
          .allSatisfy(rule -> assertThat(rule.path("health").asText()).isEqualTo("ok"));
    }
  }

  private PuckProcess crowd(MonitoredPipeline pipeline) throws Exception {
    return PuckProcess.start(
        directory.resolve("crowd.log"),
        "traffic",
        "--in-place",
        "--rate",
        "100",
        "--config",
        pipeline.file().toString());
  }

  private static void ask(MonitoredPipeline pipeline, String key) throws Exception {
    URI uri = URI.create(pipeline.consumer().url() + "/caches/" + key);
    HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
  }

  /** Every query gives series, each with a legend of its own, and one of them a number. */
  private static void assertShows(
      DashboardPanel panel, Map<String, String> variables, Prometheus prometheus) {
    List<String> legends = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (DashboardQuery query : panel.queries()) {
      String expression = substituted(query.expression(), variables);
      List<JsonNode> series = prometheus.query(expression);
      assertThat(series).as(panel + ": " + expression).isNotEmpty();
      for (JsonNode each : series) {
        legends.add(query.legendOf(each.path("metric")));
        numbers.add(number(each.at("/value/1").asText()));
      }
    }
    assertThat(legends).as(panel.toString()).doesNotHaveDuplicates();
    assertThat(numbers).as(panel + " has no number").anyMatch(Double::isFinite);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  /** As Grafana does where all is chosen. */
  private static Map<String, String> variables(Dashboard dashboard, Prometheus prometheus) {
    Map<String, String> variables =
        new HashMap<>(Map.of("__rate_interval", "10s", "__range", "1m"));
    for (JsonNode variable : dashboard.variables()) {
      String definition = variable.at("/query/query").asText();
      MatchResult parts = LABEL_VALUES.matcher(definition).results().findFirst().orElseThrow();
      List<String> values = prometheus.labelValues(parts.group(1), parts.group(2));
      assertThat(values).as(definition).isNotEmpty();
      variables.put(
          variable.path("name").asText(),
          String.join("|", values.stream().map(value -> value.replace(".", "\\\\.")).toList()));
    }
    return variables;
  }

  private static String substituted(String expression, Map<String, String> variables) {
    return Pattern.compile("\\$(\\w+)")
        .matcher(expression)
        .replaceAll(
            match -> {
              String value = variables.get(match.group(1));
              if (value == null) {
                throw new AssertionError("Unknown variable in " + expression);
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
