package dev.puck.lab.report;

import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.report.BarChart.Bar;
import dev.puck.lab.report.BarChart.Part;
import dev.puck.lab.trial.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run of the lab as one page, which needs no network, and can be printed. */
public final class HtmlReport {
  private static final String TEMPLATE = "report.html";

  /** Whose processor time is told apart, and the class of the page that colours it. */
  private static final Map<Metric, String> PROCESSES =
      Map.of(
          Metric.CPU_DATABASE, "c1",
          Metric.CPU_KAFKA, "c2",
          Metric.CPU_BRIDGE, "c3",
          Metric.CPU_CONSUMER, "c4",
          Metric.CPU_REDIS, "c5",
          Metric.CPU_SERVICE, "c6");

  private final LabReport report;

  private HtmlReport(LabReport report) {
    this.report = report;
  }

  /** The page. */
  public static String of(LabReport report) {
    HtmlReport page = new HtmlReport(report);
    return template()
        .replace("{{verdict}}", page.verdict())
        .replace("{{charts}}", page.charts())
        .replace("{{table}}", page.table())
        .replace("{{method}}", Method.of(report))
        .replace("{{settings}}", page.settings());
  }

  private String verdict() {
    return report.verdictLines().stream()
        .map(line -> "<p>" + Html.escape(line) + "</p>")
        .collect(Collectors.joining("\n"));
  }

  private String charts() {
    return chart("Writes a second, as fast as they can", Metric.WRITES_PER_SECOND, false)
        + chart("Reads a second, as fast as they can", Metric.READS_PER_SECOND, false)
        + stalenessChart()
        + latencyChart("Time of a write at the given rate, ms", Metric.WRITE_P50, Metric.WRITE_P99)
        + latencyChart("Time of a read at the given rate, ms", Metric.READ_P50, Metric.READ_P99)
        + (report.has(Metric.CORES) ? costChart() + coresChart() : busyChart())
        + chart("Write-ahead log, bytes for each action", Metric.WAL_BYTES, false)
        + driftChart();
  }

  private String chart(String title, Metric metric, boolean logarithmic) {
    return bars(
        title,
        logarithmic,
        outcome -> List.of(new Part("c1", metric.meaning(), outcome.median(metric, 0))),
        outcome -> outcome.get(metric).map(HtmlReport::text).orElse("-"));
  }

  private String stalenessChart() {
    return latencyChart(
        "Staleness: from a commit to the first read that sees it, ms",
        Metric.STALENESS_P50,
        Metric.STALENESS_P99);
  }

  /** The median and, on top of it, what 99 % do not exceed; by powers of ten. */
  private String latencyChart(String title, Metric p50, Metric p99) {
    return bars(
        title + " (median, and up to the 99th percentile; logarithmic)",
        true,
        outcome -> {
          double median = outcome.median(p50, 0);
          return List.of(
              new Part("c1", "median", median),
              new Part("c7", "99th percentile", Math.max(0, outcome.median(p99, 0) - median)));
        },
        outcome ->
            outcome.get(p50).map(HtmlReport::text).orElse("-")
                + " / "
                + outcome.get(p99).map(HtmlReport::text).orElse("-"));
  }

  private String coresChart() {
    return chart("Cores used at the given rates", Metric.CORES, false);
  }

  private String busyChart() {
    return chart("Sessions that work or wait at the given rates", Metric.BUSY, false);
  }

  private String costChart() {
    return bars(
            "Processor time for 1,000 writes, s, by process",
            false,
            HtmlReport::costs,
            outcome -> outcome.get(Metric.CPU_WRITES).map(HtmlReport::text).orElse("-"))
        + "<p class='legend'>"
        + PROCESSES.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                each ->
                    "<span class='key %s'></span> %s"
                        .formatted(each.getValue(), process(each.getKey())))
            .collect(Collectors.joining(" &nbsp; "))
        + "</p>\n";
  }

  private static List<Part> costs(Outcome outcome) {
    return PROCESSES.keySet().stream()
        .sorted()
        .filter(metric -> outcome.get(metric).isPresent())
        .map(
            metric ->
                new Part(
                    PROCESSES.getOrDefault(metric, "c1"),
                    process(metric),
                    outcome.median(metric, 0)))
        .toList();
  }

  private static String process(Metric metric) {
    return metric.key().substring("cpu_".length());
  }

  private String driftChart() {
    return bars(
        (report.isOwn() ? "Keys" : "Messages")
            + " that stay wrong: in the end, after a time without connections, and after a restart",
        false,
        outcome ->
            List.of(
                new Part("c4", "in the end", outcome.median(Metric.DRIFT, 0)),
                new Part(
                    "c3", "after a disconnect", outcome.median(Metric.DRIFT_AFTER_DISCONNECT, 0)),
                new Part("c6", "after a restart", outcome.median(Metric.DRIFT_AFTER_RESTART, 0))),
        outcome ->
            List.of(Metric.DRIFT, Metric.DRIFT_AFTER_DISCONNECT, Metric.DRIFT_AFTER_RESTART)
                .stream()
                .map(metric -> outcome.get(metric).map(HtmlReport::text).orElse("-"))
                .collect(Collectors.joining(" / ")));
  }

  private String bars(
      String title,
      boolean logarithmic,
      Function<Outcome, List<Part>> parts,
      Function<Outcome, String> text) {
    List<Bar> bars = new ArrayList<>();
    for (Outcome outcome : report.outcomes()) {
      bars.add(new Bar(outcome.strategy(), parts.apply(outcome), text.apply(outcome)));
    }
    return new BarChart(title, bars, logarithmic).svg();
  }

  /** All that was measured, a row for each metric. */
  private String table() {
    StringBuilder table = new StringBuilder("<table><thead><tr><th>metric</th>");
    for (Outcome outcome : report.outcomes()) {
      table.append("<th>").append(Html.escape(outcome.strategy())).append("</th>");
    }
    table.append("</tr></thead><tbody>\n");
    for (Metric metric : Stream.of(Metric.values()).filter(report::has).toList()) {
      String unit = metric.unit().isEmpty() ? "" : ", " + metric.unit();
      table.append("<tr><th>").append(Html.escape(metric.meaning() + unit)).append("</th>");
      for (Outcome outcome : report.outcomes()) {
        table
            .append("<td>")
            .append(outcome.get(metric).map(HtmlReport::text).orElse("-"))
            .append("</td>");
      }
      table.append("</tr>\n");
    }
    return table.append("</tbody></table>").toString();
  }

  private String settings() {
    return "Begun "
        + report.at()
        + ", took "
        + Math.round(report.seconds())
        + " s. "
        + report.settings().entrySet().stream()
            .map(each -> Html.escape(each.getKey().replace('_', ' ') + ": " + each.getValue()))
            .collect(Collectors.joining("; "))
        + ".";
  }

  /** The median, and its spread if it was measured more than once. */
  private static String text(Spread spread) {
    double size = Math.abs(spread.median());
    return spread.text(size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size == 0 ? "%.0f" : "%.2f");
  }

  private static String template() {
    try (InputStream page = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
      if (page == null) {
        throw new IllegalStateException(TEMPLATE + " is not beside " + HtmlReport.class);
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
