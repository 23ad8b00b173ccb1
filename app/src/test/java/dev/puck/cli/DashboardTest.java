package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Grafana's dashboard, as far as can be told without a server. */
class DashboardTest {
  private static final Set<String> UNITS =
      Set.of("none", "short", "s", "bytes", "Bps", "cps", "percentunit");
  private static final Pattern PAGE = Pattern.compile("docs/([\\w-]+\\.md)(?:#([\\w-]+))?");

  private final Dashboard dashboard;

  DashboardTest() throws IOException {
    dashboard = Dashboard.read();
  }

  @Test
  void shouldBeFoundUnderOneAddressForEver() {
    assertThat(dashboard.json().path("uid").asText()).isEqualTo("puck");
    assertThat(dashboard.json().has("id")).as("an id is given by the server").isFalse();
    assertThat(dashboard.rows())
        .extracting(DashboardPanel::title)
        .containsExactly(
            "Overview",
            "Bridge: source to Kafka",
            "Consumers and projections",
            "Jobs",
            "Processes and Kafka's clients");
  }

  @Test
  void shouldSayOfEachPanelWhatItShows() {
    assertThat(dashboard.panels())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            panel -> {
              assertThat(panel.title()).isNotBlank();
              assertThat(panel.description()).containsPattern(PAGE);
              assertThat(panel.unit()).isIn(UNITS);
              assertThat(panel.queries()).isNotEmpty();
              assertThat(panel.queries())
                  .allSatisfy(query -> assertThat(query.legend()).isNotBlank());
              assertThat(panel.queries()).extracting(DashboardQuery::refId).doesNotHaveDuplicates();
            });
    assertThat(dashboard.panels()).extracting(DashboardPanel::title).doesNotHaveDuplicates();
  }

  @Test
  void shouldPointAtWhatIsWritten() throws IOException {
    for (DashboardPanel panel : dashboard.panels()) {
      for (var link : PAGE.matcher(panel.description()).results().toList()) {
        Path page = Project.root().resolve("docs").resolve(link.group(1));
        assertThat(page).as(panel.toString()).exists();
        if (link.group(2) != null) {
          assertThat(new MarkdownPage(page).anchors()).as(panel.toString()).contains(link.group(2));
        }
      }
    }
  }

  @Test
  void shouldLayNoPanelOverAnother() {
    List<DashboardPanel> all =
        Dashboard.stream(dashboard.json().path("panels")).map(DashboardPanel::of).toList();
    assertThat(all).extracting(DashboardPanel::id).doesNotHaveDuplicates().doesNotContain(0);
    for (DashboardPanel panel : all) {
      assertThat(panel.place().x()).as(panel.toString()).isNotNegative();
      assertThat(panel.place().y()).as(panel.toString()).isNotNegative();
      assertThat(panel.place().width()).as(panel.toString()).isPositive();
      assertThat(panel.place().height()).as(panel.toString()).isPositive();
      assertThat(panel.place().x() + panel.place().width())
          .as(panel.toString())
          .isLessThanOrEqualTo(24);
      assertThat(all)
          .as(panel + " lies over")
          .filteredOn(other -> other.id() != panel.id())
          .noneMatch(other -> other.place().overlaps(panel.place()));
    }
  }

  @Test
  void shouldAskForWhatTheProcessesTell() throws IOException {
    Set<String> told =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+)")
            .matcher(Files.readString(Project.root().resolve("docs/metrics.md")))
            .results()
            .flatMap(row -> series(row.group(1), row.group(2)).stream())
            .collect(Collectors.toSet());
    for (DashboardPanel panel : dashboard.panels()) {
      for (DashboardQuery query : panel.queries()) {
        assertThat(query.metrics()).as(panel.toString()).isNotEmpty();
        assertThat(told).as(panel.toString()).containsAll(query.metrics());
      }
    }
  }

  @Test
  void shouldGiveTimesAndSizesTheirUnits() {
    for (DashboardPanel panel : dashboard.panels()) {
      for (DashboardQuery query : panel.queries()) {
        String metric = query.metrics().get(0);
        if (panel.unit().equals("s")) {
          assertThat(metric).as(panel.toString()).contains("_seconds");
        } else if (panel.unit().matches("bytes|Bps")) {
          assertThat(metric).as(panel.toString()).containsPattern("_bytes?\\b|_bytes?_");
        } else if (panel.unit().equals("cps")) {
          assertThat(metric).as(panel.toString()).endsWith("_total");
          assertThat(query.expression()).as(panel.toString()).contains("rate(");
        }
        assertThat(query.expression().matches(".*_(total|count|bucket|sum)\\b.*"))
            .as(panel + ": what counts is asked for its rate or increase")
            .isEqualTo(query.expression().matches(".*\\b(rate|increase)\\(.*"));
      }
    }
  }

  @Test
  void shouldLeaveTheDataSourceToItsReader() {
    List<JsonNode> sources = dashboard.json().findValues("datasource");
    assertThat(sources).hasSizeGreaterThan(dashboard.panels().size());
    assertThat(sources)
        .extracting(source -> source.path("uid").asText())
        .containsOnly("${datasource}");
    assertThat(dashboard.json().at("/templating/list/0/type").asText()).isEqualTo("datasource");
    assertThat(dashboard.json().at("/templating/list/0/name").asText()).isEqualTo("datasource");
  }

  /** The names under which Prometheus keeps a metric. */
  private static List<String> series(String name, String type) {
    return switch (type) {
      case "histogram" -> List.of(name + "_bucket", name + "_sum", name + "_count");
      case "summary" -> List.of(name + "_sum", name + "_count");
      default -> List.of(name);
    };
  }
}
