package dev.puck.lab.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was counted in one experiment. */
record FactsResult(String key, String title, List<Fact> facts) implements PartResult {
  FactsResult {
    facts = List.copyOf(facts);
  }

  @Override
  public void addTo(ObjectNode json) {
    ArrayNode here = json.putArray(key);
    for (Fact fact : facts) {
      ObjectNode each =
          here.addObject()
              .put("key", fact.key())
              .put("text", fact.text())
              .put("of", fact.of())
              .put("counted", fact.counted())
              .put("ratio", Spread.rounded(fact.ratio()));
      fact.seriesRatio().ifPresent(ratio -> each.put("series_ratio", Spread.rounded(ratio)));
    }
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(title));
    TextTable table = new TextTable("", "counted", "of", "ratio", "[series]");
    for (Fact fact : facts) {
      table.row(
          fact.text(),
          number(fact.counted()),
          number(fact.of()),
          String.format(Locale.ROOT, "%.2f", fact.ratio()),
          fact.seriesRatio().map(ratio -> String.format(Locale.ROOT, "[%.2f]", ratio)).orElse(""));
    }
    lines.addAll(table.lines());
    return lines;
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
