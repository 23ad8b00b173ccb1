package dev.puck.lab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.bench.result.TextTable;
import dev.puck.lab.trial.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two runs of the lab side by side. */
public final class ReportComparison {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Without repeats a run says nothing of its noise: machines differ by as much within a minute.
   */
  private static final double LEAST_NOISE = 0.25;

  private static final List<Metric> METRICS =
      List.of(
          Metric.WRITES_PER_SECOND,
          Metric.WRITE_P99,
          Metric.READS_PER_SECOND,
          Metric.STALENESS_P99,
          Metric.DRIFT,
          Metric.CORES);

  private ReportComparison() {}

  /**
   * How the second differs from the first, a line for each strategy that both have. A difference
   * within their noise, or within a quarter, is none.
   *
   * @throws IllegalArgumentException if one is no {@code report.json} of this version
   */
  public static List<String> of(Path first, Path second) {
    JsonNode before = read(first);
    JsonNode after = read(second);
    List<String> titles = new ArrayList<>(List.of("strategy"));
    METRICS.forEach(metric -> titles.add(metric.key()));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (JsonNode strategy : before.path("strategies")) {
      String name = strategy.path("name").asText();
      for (JsonNode other : after.path("strategies")) {
        if (other.path("name").asText().equals(name)) {
          table.row(row(name, strategy.path("values"), other.path("values")));
        }
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(
        "Taken: first "
            + choice(before)
            + ", then "
            + choice(after)
            + ". A number is the second run's of the first's; '=' is no difference beyond noise.");
    return lines;
  }

  private static JsonNode read(Path file) {
    try {
      JsonNode report = JSON.readTree(file.toFile());
      if (report.path("version").asInt() != LabReport.VERSION) {
        throw new IllegalArgumentException(
            "%s has version '%s'; it must be a report.json of version %d."
                .formatted(file, report.path("version").asText(), LabReport.VERSION));
      }
      return report;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read as a report.json: " + e.getMessage(), e);
    }
  }

  private static String choice(JsonNode report) {
    return report.path("verdict").path("choice").asText("none");
  }

  private static String[] row(String name, JsonNode before, JsonNode after) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (Metric metric : METRICS) {
      cells.add(cell(before.path(metric.key()), after.path(metric.key())));
    }
    return cells.toArray(String[]::new);
  }

  private static String cell(JsonNode before, JsonNode after) {
    if (before.isMissingNode() || after.isMissingNode()) {
      return "-";
    }
    double first = before.path("median").asDouble();
    double second = after.path("median").asDouble();
    double noise = Math.max(spread(before), spread(after));
    double least = LEAST_NOISE * Math.max(Math.abs(first), Math.abs(second));
    if (Math.abs(second - first) <= Math.max(noise, least)) {
      return "=";
    }
    return first == 0
        ? String.format(Locale.ROOT, "0 -> %.3g", second)
        : String.format(Locale.ROOT, "x %.2f", second / first);
  }

  private static double spread(JsonNode value) {
    return value.path("max").asDouble() - value.path("min").asDouble();
  }
}
