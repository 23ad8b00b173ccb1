package dev.puck.lab.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import dev.puck.lab.trial.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of the lab found.
 *
 * @param at when it began
 * @param settings how it was run, each with its value
 * @param outcomes of the strategies, the simplest first
 * @param verdict which of them to take
 * @param seconds that it took
 */
public record LabReport(
    Instant at,
    Map<String, Object> settings,
    List<Outcome> outcomes,
    Verdict verdict,
    double seconds) {
  /** Raised when a field changes its meaning: docs/lab.schema.json. */
  public static final int VERSION = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<Column> COLUMNS =
      List.of(
          new Column("writes/s", Metric.WRITES_PER_SECOND, "%,.0f"),
          new Column("p99 ms", Metric.WRITE_P99, "%.1f"),
          new Column("reads/s", Metric.READS_PER_SECOND, "%,.0f"),
          new Column("p99 ms", Metric.READ_P99, "%.1f"),
          new Column("stale ms", Metric.STALENESS_P50, "%.0f"),
          new Column("p99", Metric.STALENESS_P99, "%.0f"),
          new Column("drift", Metric.DRIFT, "%.0f"),
          new Column("cut off", Metric.DRIFT_AFTER_DISCONNECT, "%.0f"),
          new Column("gaps", Metric.GAPS, "%.0f"),
          new Column("restart", Metric.DRIFT_AFTER_RESTART, "%.0f"),
          new Column("WAL B", Metric.WAL_BYTES, "%,.0f"),
          new Column("CPU ms/write", Metric.CPU_WRITES, "%.2f"),
          new Column("cores", Metric.CORES, "%.2f"),
          new Column("busy", Metric.BUSY, "%.2f"));

  /** The setting that says what was written and read. */
  public static final String WORKLOAD = "workload";

  /** The setting that says which share of the processors others used before. */
  public static final String BUSY_BEFORE = "busy_before";

  /** What others may use of them. */
  private static final double QUIET = 0.25;

  /** The user's own statements. */
  public static final String OWN = "own";

  public LabReport {
    outcomes = List.copyOf(outcomes);
  }

  /** Whether it is about the user's own database. */
  boolean isOwn() {
    return OWN.equals(settings.get(WORKLOAD));
  }

  /** Whether that was measured of any strategy. */
  boolean has(Metric metric) {
    return outcomes.stream().anyMatch(each -> each.get(metric).isPresent());
  }

  /** Those that apply to any strategy. */
  private List<Column> columns() {
    return COLUMNS.stream().filter(column -> has(column.metric())).toList();
  }

  /** A column of the table. */
  private record Column(String title, Metric metric, String format) {
    String cell(Outcome outcome) {
      return outcome
          .get(metric)
          .map(spread -> String.format(Locale.ROOT, format, spread.median()))
          .orElse("-");
    }
  }

  /** For a person: the medians, and what to take. */
  public List<String> lines() {
    List<String> titles = new ArrayList<>(List.of("strategy"));
    columns().forEach(column -> titles.add(column.title()));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Outcome outcome : outcomes) {
      List<String> cells = new ArrayList<>(List.of(outcome.strategy()));
      columns().forEach(column -> cells.add(column.cell(outcome)));
      table.row(cells.toArray(String[]::new));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.addAll(verdictLines());
    return lines;
  }

  /** What to take, and a warning where others had the machine. */
  List<String> verdictLines() {
    List<String> lines = new ArrayList<>(verdict.lines());
    if (settings.get(BUSY_BEFORE) instanceof Number busy && busy.doubleValue() > QUIET) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Others used %.0f %% of the machine before it began: these numbers say little. Do it"
                  + " again when it is quiet.",
              busy.doubleValue() * 100));
    }
    return lines;
  }

  /** As {@code report.json} has it. */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", VERSION);
    json.put("at", at.toString());
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    json.set("settings", JSON.valueToTree(settings));
    ObjectNode metrics = json.putObject("metrics");
    for (Metric metric : Metric.values()) {
      metrics
          .putObject(metric.key())
          .put("meaning", metric.meaning())
          .put("unit", metric.unit())
          .put("more_is_better", metric.moreIsBetter());
    }
    ArrayNode strategies = json.putArray("strategies");
    for (Outcome outcome : outcomes) {
      ObjectNode strategy = strategies.addObject().put("name", outcome.strategy());
      ObjectNode values = strategy.putObject("values");
      for (Metric metric : Metric.values()) {
        Optional<Spread> spread = outcome.get(metric);
        spread.ifPresent(each -> each.addTo(values, metric.key()));
      }
    }
    addVerdict(json.putObject("verdict"));
    return json;
  }

  private void addVerdict(ObjectNode json) {
    json.putObject("need")
        .put("staleness_seconds", verdict.need().staleness().toMillis() / 1e3)
        .put("writes_per_second", verdict.need().writesPerSecond())
        .put("reads_per_second", verdict.need().readsPerSecond());
    json.put("choice", verdict.choice().orElse(null));
    json.put("cost", verdict.cost().key());
    json.set("costs", JSON.valueToTree(verdict.costs()));
    json.set("refused", JSON.valueToTree(verdict.refused()));
  }
}
