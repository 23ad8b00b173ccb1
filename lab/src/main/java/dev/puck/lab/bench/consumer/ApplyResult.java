package dev.puck.lab.bench.consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events a second.
 *
 * @param events in the topic
 * @param warm in a JVM that has done the same before
 * @param cold in a new JVM, of those that have one
 * @param cpu seconds of CPU of that JVM for 100,000 events, without Kafka's and PostgreSQL's
 */
record ApplyResult(int events, Numbers<Applier> warm, Numbers<Applier> cold, Numbers<Applier> cpu)
    implements PartResult {
  private static final List<Applier> PROJECTIONS = List.of(Applier.MEMORY, Applier.SUMMARY);
  private static final List<Applier> IN_NEW_JVM =
      List.of(Applier.MEMORY, Applier.SUMMARY, Applier.BARE_READER);

  @Override
  public void addTo(ObjectNode json) {
    ObjectNode ratios = json.putObject("apply_ratio");
    ratios.put("memory_to_one_by_one", median(Applier.ONE_BY_ONE));
    ratios.put("memory_to_bare_statement", median(Applier.BARE_STATEMENT));
    ratios.put("memory_to_bare_reader", median(Applier.BARE_READER));
    ObjectNode apply = json.putObject("apply");
    apply.put("events", events);
    ObjectNode rates = apply.putObject("events_per_second");
    for (Applier applier : Applier.values()) {
      warm.of(applier).addTo(rates, applier.id());
    }
    ObjectNode first = apply.putObject("events_per_second_in_new_jvm");
    IN_NEW_JVM.forEach(applier -> cold.of(applier).addTo(first, applier.id()));
    ObjectNode used = apply.putObject("cpu_s_per_100000_events");
    PROJECTIONS.forEach(applier -> cpu.of(applier).addTo(used, applier.id()));
    ObjectNode spread = apply.putObject("ratio");
    for (Applier other : Applier.values()) {
      if (other != Applier.MEMORY) {
        warm.ratio(Applier.MEMORY, other).addTo(spread, "memory_to_" + other.id());
      }
    }
  }

  @Override
  public List<String> lines() {
    TextTable table =
        new TextTable("", "events/s", "in a new JVM", "memory's of it", "CPU s/100,000");
    for (Applier applier : Applier.values()) {
      table.row(
          applier.text(),
          warm.of(applier).text("%,.0f"),
          IN_NEW_JVM.contains(applier) ? cold.of(applier).text("%,.0f") : "",
          applier == Applier.MEMORY ? "" : warm.ratio(Applier.MEMORY, applier).text("%.1f"),
          PROJECTIONS.contains(applier) ? cpu.of(applier).text("%.2f") : "");
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "Apply: %,d events, each with a key of its own", events));
    lines.addAll(table.lines());
    return lines;
  }

  private double median(Applier other) {
    return Spread.rounded(warm.ratio(Applier.MEMORY, other).median());
  }
}
