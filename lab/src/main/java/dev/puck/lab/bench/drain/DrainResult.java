package dev.puck.lab.bench.drain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast a backlog goes to Kafka, exactly once.
 *
 * @param rows of each backlog
 * @param jvm the bridge's heap
 * @param drained each backlog
 */
public record DrainResult(int rows, String jvm, List<Drained> drained) implements PartResult {
  public DrainResult {
    drained = List.copyOf(drained);
  }

  /**
   * One backlog.
   *
   * @param backlog which
   * @param rates how fast
   */
  record Drained(Backlog backlog, Rates rates) {}

  @Override
  public void addTo(ObjectNode json) {
    ObjectNode ratios = json.putObject("drain_ratio");
    ObjectNode drain = json.putObject("drain").put("backlog", rows).put("heap", jvm);
    for (Drained each : drained) {
      Rates rates = each.rates;
      String id = each.backlog.id();
      ObjectNode of = drain.putObject(id);
      of.put("bytes_in_record", Math.round(rates.bytesInRecord()));
      rates.bridge().addTo(of, "events_per_second");
      rates.cold().addTo(of, "events_per_second_in_new_jvm");
      rates.cpu().addTo(of, "cpu_s_per_100000_events");
      for (Competitor competitor : rates.competitors()) {
        Spread ratio = rates.ratio(competitor);
        ratios.put(
            competitor == Competitor.BARE_PRODUCER ? id : id + "_to_" + competitor.id(),
            Spread.rounded(ratio.median()));
        rates.of(competitor).addTo(of, competitor.id() + "_per_second");
        ratio.addTo(of, competitor.ratio());
      }
      if (rates.competitors().contains(Competitor.DEBEZIUM)) {
        rates.debeziumCpu().addTo(of, "debezium_cpu_s_per_100000_events");
        rates.cpuRatio().addTo(of, "cpu_ratio_to_debezium");
        json.put("drain_cpu_ratio_to_debezium", Spread.rounded(rates.cpuRatio().median()));
      }
    }
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "Drain: %,d rows, exactly once, %s; events/s", rows, jvm));
    for (Drained each : drained) {
      lines.addAll(lines(each));
    }
    return lines;
  }

  private static List<String> lines(Drained drained) {
    Rates rates = drained.rates;
    TextTable table =
        new TextTable(drained.backlog.text(), "events/s", "bridge's of it", "CPU s/100,000");
    table.row("bridge, new JVM", rates.cold().text("%,.0f"));
    table.row("bridge", rates.bridge().text("%,.0f"), "", rates.cpu().text("%.2f"));
    for (Competitor competitor : rates.competitors()) {
      table.row(
          competitor.text(),
          rates.of(competitor).text("%,.0f"),
          rates.ratio(competitor).text("%.2f"),
          competitor == Competitor.DEBEZIUM ? rates.debeziumCpu().text("%.2f") : "");
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (rates.competitors().contains(Competitor.DEBEZIUM)) {
      lines.add("  the bridge's CPU of Debezium's: " + rates.cpuRatio().text("%.2f"));
    }
    lines.add(
        "  " + Math.round(rates.bytesInRecord()) + " bytes in a record: key, value and headers");
    return lines;
  }
}
