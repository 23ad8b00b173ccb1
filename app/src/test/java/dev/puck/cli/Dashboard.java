package dev.puck.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Grafana's dashboard, as its file has it.
 *
 * @param rows what divides the panels
 * @param panels what shows something
 */
record Dashboard(JsonNode json, List<DashboardPanel> rows, List<DashboardPanel> panels) {
  static final Path FILE = Project.root().resolve("ops/grafana/dashboards/puck.json");

  static Dashboard read() throws IOException {
    JsonNode json = JsonMapper.builder().build().readTree(Files.readString(FILE));
    List<DashboardPanel> all = stream(json.path("panels")).map(DashboardPanel::of).toList();
    return new Dashboard(
        json,
        all.stream().filter(DashboardPanel::isRow).toList(),
        all.stream().filter(panel -> !panel.isRow()).toList());
  }

  /** Those that Prometheus is asked for; not the one of the data source. */
  List<JsonNode> variables() {
    return stream(json.at("/templating/list"))
        .filter(variable -> variable.path("type").asText().equals("query"))
        .toList();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
