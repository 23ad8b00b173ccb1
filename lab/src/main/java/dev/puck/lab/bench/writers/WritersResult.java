package dev.puck.lab.bench.writers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.machine.Cores;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What capture costs the writers.
 *
 * @param clients how many wrote
 * @param cores what was pinned to; empty: nothing could be
 * @param pinned PostgreSQL and its clients on one core, bridge and Kafka on another
 * @param unpinned all of them anywhere
 */
public record WritersResult(
    int clients, Optional<Cores> cores, Optional<Runs> pinned, Runs unpinned)
    implements PartResult {
  @Override
  public void addTo(ObjectNode json) {
    Runs best = pinned.orElse(unpinned);
    json.putObject("writer_throughput_ratio")
        .put("adaptive_to_none", adaptiveTo(best, Variant.NONE))
        .put("adaptive_to_notify_each", adaptiveTo(best, Variant.NOTIFY_EACH))
        .put("pinned", pinned.isPresent());
    ObjectNode writers = json.putObject("writers").put("clients", clients);
    pinned.ifPresent(runs -> addTo(writers.putObject("pinned"), runs));
    addTo(writers.putObject("unpinned"), unpinned);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    pinned.ifPresent(
        runs ->
            lines.addAll(
                lines(
                    runs,
                    "PostgreSQL and writers on core "
                        + cores.map(Cores::first).orElse(0)
                        + ", bridge and Kafka on core "
                        + cores.map(Cores::second).orElse(0))));
    lines.addAll(lines(unpinned, "nothing pinned"));
    return lines;
  }

  private List<String> lines(Runs runs, String where) {
    TextTable table = new TextTable("capture", "transactions/s", "of none", "of notify in each");
    for (Variant variant : runs.variants()) {
      table.row(
          variant.text(),
          runs.perSecond(variant).text("%,.0f"),
          variant == Variant.NONE ? "" : runs.ratio(variant, Variant.NONE).text("%.2f"),
          variant == Variant.NOTIFY_EACH
              ? ""
              : runs.ratio(variant, Variant.NOTIFY_EACH).text("%.2f"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "Writers: %d clients, one insert a transaction; %s", clients, where));
    lines.addAll(table.lines());
    return lines;
  }

  private static void addTo(ObjectNode json, Runs runs) {
    ObjectNode perSecond = json.putObject("transactions_per_second");
    for (Variant variant : runs.variants()) {
      runs.perSecond(variant).addTo(perSecond, variant.id());
    }
    ObjectNode ratios = json.putObject("ratio");
    runs.ratio(Variant.BARE_TRIGGER, Variant.NONE).addTo(ratios, "bare_trigger_to_none");
    runs.ratio(Variant.ADAPTIVE, Variant.NONE).addTo(ratios, "adaptive_to_none");
    runs.ratio(Variant.ADAPTIVE, Variant.BARE_TRIGGER).addTo(ratios, "adaptive_to_bare_trigger");
    runs.ratio(Variant.ADAPTIVE, Variant.NOTIFY_EACH).addTo(ratios, "adaptive_to_notify_each");
    runs.ratio(Variant.NOTIFY_EACH, Variant.NONE).addTo(ratios, "notify_each_to_none");
  }

  private static double adaptiveTo(Runs runs, Variant other) {
    return Spread.rounded(runs.ratio(Variant.ADAPTIVE, other).median());
  }
}
