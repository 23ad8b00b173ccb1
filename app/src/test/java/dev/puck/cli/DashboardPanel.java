package dev.puck.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A panel of Grafana's dashboard, or a row.
 *
 * @param unit what Grafana is told that the numbers are
 * @param queries what it asks Prometheus for
 */
record DashboardPanel(
    int id,
    String type,
    String title,
    String description,
    String unit,
    Place place,
    List<DashboardQuery> queries) {

  /** Where it is, in Grafana's grid of 24 columns. */
  record Place(int x, int y, int width, int height) {
    boolean overlaps(Place other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }

  static DashboardPanel of(JsonNode json) {
    JsonNode at = json.path("gridPos");
    return new DashboardPanel(
        json.path("id").asInt(),
        json.path("type").asText(),
        json.path("title").asText(),
        json.path("description").asText(),
        json.at("/fieldConfig/defaults/unit").asText(),
        new Place(
            at.path("x").asInt(-1),
            at.path("y").asInt(-1),
            at.path("w").asInt(),
            at.path("h").asInt()),
        Dashboard.stream(json.path("targets")).map(DashboardQuery::of).toList());
  }

  boolean isRow() {
    return type.equals("row");
  }

  @Override
  public String toString() {
    return "panel " + id + ", " + title;
  }
}
