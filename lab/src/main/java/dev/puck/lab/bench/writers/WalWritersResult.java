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
 * What logical decoding costs the writers.
 *
 * @param cores what was pinned to; empty: nothing could be
 * @param pinned PostgreSQL and its clients on one core, bridge and Kafka on another
 * @param unpinned all of them anywhere
 * @param walsender what it used
 */
public record WalWritersResult(
    Optional<Cores> cores, Optional<Runs> pinned, Runs unpinned, WalsenderUse walsender)
    implements PartResult {
  @Override
  public void addTo(ObjectNode json) {
    Runs best = pinned.orElse(unpinned);
    ObjectNode ratio = json.putObject("writer_throughput_ratio");
    for (Variant variant : captured(best)) {
      ratio.put(variant.id() + "_to_none", Spread.rounded(ofNone(best, variant).median()));
    }
    ratio.put("pinned", pinned.isPresent());
    Spread used = walsender.secondsPerThousand(Variant.WAL, pinned.isPresent());
    json.put("walsender_cpu_s_per_1000_tx", Spread.rounded(used.median()));
    ObjectNode writers = json.putObject("writers").put("clients", WritersBench.CLIENTS);
    pinned.ifPresent(runs -> addTo(writers.putObject("pinned"), runs, true));
    addTo(writers.putObject("unpinned"), unpinned, false);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    pinned.ifPresent(
        runs ->
            lines.addAll(
                lines(
                    runs,
                    true,
                    "PostgreSQL and writers on core "
                        + cores.map(Cores::first).orElse(0)
                        + ", bridge and Kafka on core "
                        + cores.map(Cores::second).orElse(0))));
    lines.addAll(lines(unpinned, false, "nothing pinned"));
    return lines;
  }

  private List<String> lines(Runs runs, boolean isPinned, String where) {
    TextTable table =
        new TextTable(
            "capture", "transactions/s", "of none", "walsender CPU ms/1,000", "behind at the end");
    for (Variant variant : runs.variants()) {
      String perSecond = runs.perSecond(variant).text("%,.0f");
      if (variant == Variant.NONE) {
        table.row(variant.text(), perSecond);
      } else {
        table.row(
            variant.text(),
            perSecond,
            ofNone(runs, variant).text("%.2f"),
            millis(walsender.secondsPerThousand(variant, isPinned)).text("%.1f"),
            walsender.secondsBehind(variant, isPinned).text("%.2f s"));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "Writers: %d clients, one insert a transaction, wal_level logical; %s",
            WritersBench.CLIENTS,
            where));
    lines.addAll(table.lines());
    return lines;
  }

  private void addTo(ObjectNode json, Runs runs, boolean isPinned) {
    ObjectNode perSecond = json.putObject("transactions_per_second");
    for (Variant variant : runs.variants()) {
      runs.perSecond(variant).addTo(perSecond, variant.id());
    }
    ObjectNode ratios = json.putObject("ratio");
    ObjectNode used = json.putObject("walsender_cpu_s_per_1000_tx");
    ObjectNode behind = json.putObject("seconds_behind_at_end");
    for (Variant variant : captured(runs)) {
      ofNone(runs, variant).addTo(ratios, variant.id() + "_to_none");
      walsender.secondsPerThousand(variant, isPinned).addTo(used, variant.id());
      walsender.secondsBehind(variant, isPinned).addTo(behind, variant.id());
    }
  }

  private static List<Variant> captured(Runs runs) {
    return runs.variants().stream().filter(variant -> variant != Variant.NONE).toList();
  }

  private static Spread ofNone(Runs runs, Variant variant) {
    return runs.ratio(variant, Variant.NONE);
  }

  private static Spread millis(Spread seconds) {
    return new Spread(seconds.median() * 1e3, seconds.least() * 1e3, seconds.most() * 1e3);
  }
}
