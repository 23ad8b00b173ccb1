package dev.puck.lab.bench.latency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.bridge.config.Delivery;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Percentiles;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long a row takes from its commit to a reader. */
public final class LatencyResult implements PartResult {
  private final Map<Delivery, Map<Load, Series>> bridge = new LinkedHashMap<>();
  private final Map<Load, Series> debezium = new LinkedHashMap<>();
  private final Series listen = Series.empty();
  private final Percentiles producer = new Percentiles();

  LatencyResult() {
    for (Delivery delivery : Delivery.values()) {
      bridge.put(delivery, new LinkedHashMap<>());
    }
  }

  /** For a person, and for the configuration. */
  static String text(Delivery delivery) {
    return delivery.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  void add(Delivery delivery, Load load, Latencies pair) {
    bridge.getOrDefault(delivery, Map.of()).computeIfAbsent(load, any -> Series.empty()).add(pair);
  }

  void addDebezium(Load load, Latencies pair) {
    debezium.computeIfAbsent(load, any -> Series.empty()).add(pair);
  }

  void addListen(Latencies pair) {
    listen.add(pair);
  }

  void addProducer(Histogram pair) {
    producer.add(pair);
  }

  @Override
  public void addTo(ObjectNode json) {
    ObjectNode ratios = json.putObject("latency_ratio");
    ratios.put("from_commit", Spread.rounded(fromCommit(Load.STEADY).median()));
    ratios.put("from_statement", Spread.rounded(fromStatement(Load.STEADY).median()));
    ObjectNode latency = json.putObject("latency_ms");
    bridge.forEach(
        (delivery, loads) -> {
          ObjectNode here = latency.putObject(text(delivery));
          loads.forEach((load, series) -> series.addTo(here, load.id()));
        });
    if (!debezium.isEmpty()) {
      ObjectNode peer = latency.putObject("debezium");
      debezium.forEach((load, series) -> series.addTo(peer, load.id()));
      addRatiosTo(json.putObject("latency_ratio_to_debezium"));
    }
    listen.addTo(latency, "bare_listen");
    producer.addTo(latency, "bare_producer");
    ObjectNode spread = latency.putObject("at_least_once_to_listen_and_acknowledgement");
    fromCommit(Load.STEADY).addTo(spread, "from_commit");
    fromStatement(Load.STEADY).addTo(spread, "from_statement");
    fromCommit(Load.BUSY).addTo(spread, "from_commit_busy");
  }

  /** The bridge's of Debezium's, by delivery and load. */
  private void addRatiosTo(ObjectNode json) {
    bridge.forEach(
        (delivery, loads) -> {
          ObjectNode here = json.putObject(text(delivery));
          loads.forEach(
              (load, series) -> {
                Percentiles theirs = debezium.getOrDefault(load, Series.empty()).fromCommit();
                ObjectNode of = here.putObject(load.id());
                series.fromCommit().ratio(theirs, 50).addTo(of, "p50");
                series.fromCommit().ratio(theirs, 99).addTo(of, "p99");
              });
        });
  }

  @Override
  public List<String> lines() {
    TextTable table =
        new TextTable("", "p50 ms", "p99 ms", "p99.9 ms", "p50 from statement", "p99.9 from due");
    bridge.forEach(
        (delivery, loads) ->
            loads.forEach(
                (load, series) -> row(table, text(delivery) + ", " + load.text(), series)));
    debezium.forEach((load, series) -> row(table, "Debezium, " + load.text(), series));
    row(table, "a bare LISTEN, " + Load.STEADY.text(), listen);
    String[] acknowledged = producer.text();
    table.row(
        "a bare producer, " + Load.STEADY.text(),
        acknowledged[0],
        acknowledged[1],
        acknowledged[2]);
    List<String> lines = new ArrayList<>();
    lines.add("Latency: from the commit of an insert, as its writer knows of it, to a consumer");
    lines.addAll(table.lines());
    lines.add(
        "  at-least-once p50 of a bare LISTEN and a bare producer together: "
            + fromCommit(Load.STEADY).text("%.2f")
            + " from the commit, "
            + fromStatement(Load.STEADY).text("%.2f")
            + " from the statement");
    return lines;
  }

  private static void row(TextTable table, String what, Series series) {
    String[] fromCommit = series.fromCommit().text();
    table.row(
        what,
        fromCommit[0],
        fromCommit[1],
        fromCommit[2],
        series.fromStatement().at(50).text("%.2f"),
        series.fromDue().at(99.9).text("%.1f"));
  }

  private Spread fromCommit(Load load) {
    return ratio(atLeastOnce(load).fromCommit().medians(), listen.fromCommit().medians());
  }

  private Spread fromStatement(Load load) {
    return ratio(atLeastOnce(load).fromStatement().medians(), listen.fromStatement().medians());
  }

  private Series atLeastOnce(Load load) {
    return bridge.getOrDefault(Delivery.AT_LEAST_ONCE, Map.of()).getOrDefault(load, Series.empty());
  }

  /** To what a notification and an acknowledgement take together, pair by pair. */
  private Spread ratio(List<Double> bridged, List<Double> listened) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < bridged.size(); pair++) {
      ratios.add(bridged.get(pair) / (listened.get(pair) + producer.medians().get(pair)));
    }
    return Spread.of(ratios);
  }
}
