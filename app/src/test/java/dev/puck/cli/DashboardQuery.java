package dev.puck.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a panel asks Prometheus for.
 *
 * @param legend what Grafana calls each series, with labels in double braces
 */
record DashboardQuery(String refId, String expression, String legend) {
  private static final Pattern NOT_A_METRIC =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\bby \\([^)]*\\)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");
  private static final Set<String> WORDS =
      Set.of("sum", "min", "max", "rate", "increase", "histogram_quantile", "time", "and");

  static DashboardQuery of(JsonNode json) {
    return new DashboardQuery(
        json.path("refId").asText(),
        json.path("expr").asText(),
        json.path("legendFormat").asText());
  }

  /** All names in it that are none of PromQL's own that the dashboard uses. */
  List<String> metrics() {
    return NAME.matcher(NOT_A_METRIC.matcher(expression).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .toList();
  }

  /** The legend of one series. */
  String legendOf(JsonNode labels) {
    return LABEL
        .matcher(legend)
        .replaceAll(
            label -> {
              String name = label.group(1);
              if (!labels.has(name)) {
                throw new AssertionError("No label " + name + ": " + this + " gives " + labels);
              }
              return labels.path(name).asText();
            });
  }
}
