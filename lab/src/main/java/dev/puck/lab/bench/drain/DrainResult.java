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
 * @param drained each backlog
 */
public record DrainResult(int rows, List<Drained> drained) implements PartResult {
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
    ObjectNode drain = json.putObject("drain").put("backlog", rows);
    for (Drained each : drained) {
      Rates rates = each.rates;
      String id = each.backlog.id();
      ratios.put(id, Spread.rounded(rates.ratio().median()));
      ObjectNode of = drain.putObject(id);
      of.put("bytes_in_record", Math.round(rates.bytesInRecord()));
      rates.bridge().addTo(of, "events_per_second");
      rates.cold().addTo(of, "events_per_second_in_new_jvm");
      rates.bare().addTo(of, "bare_producer_per_second");
      rates.ratio().addTo(of, "ratio");
    }
  }

  @Override
  public List<String> lines() {
    TextTable table =
        new TextTable("backlog", "bytes each", "new JVM", "warm", "bare producer", "of it");
    for (Drained each : drained) {
      Rates rates = each.rates;
      table.row(
          each.backlog.text(),
          Long.toString(Math.round(rates.bytesInRecord())),
          rates.cold().text("%,.0f"),
          rates.bridge().text("%,.0f"),
          rates.bare().text("%,.0f"),
          rates.ratio().text("%.2f"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "Drain: %,d rows, exactly once, -Xmx128m; events/s", rows));
    lines.addAll(table.lines());
    return lines;
  }
}
