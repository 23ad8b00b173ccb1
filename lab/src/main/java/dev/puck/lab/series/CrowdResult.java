package dev.puck.lab.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import dev.puck.lab.series.CrowdExperiment.Timed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How long each crowd took, beside what the series printed. */
public final class CrowdResult implements PartResult {
  private final SeriesOptions options;
  private final Map<Case, List<Timed>> cases = new LinkedHashMap<>();

  CrowdResult(SeriesOptions options) {
    this.options = options;
    for (int retweets : options.retweets()) {
      for (Way way : Way.values()) {
        cases.put(new Case(way, retweets), new ArrayList<>());
      }
    }
  }

  private record Case(Way way, int retweets) {}

  /** One more round's. */
  void add(Way way, int retweets, Timed timed) {
    runs(way, retweets).add(timed);
  }

  /** How many seconds it took. */
  Spread seconds(Way way, int retweets) {
    return Spread.of(runs(way, retweets).stream().map(Timed::seconds).toList());
  }

  /** What it took of what an insert took, round by round. */
  Spread ratio(Way way, int retweets) {
    List<Timed> inserts = runs(Way.INSERT, retweets);
    List<Timed> own = runs(way, retweets);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      ratios.add(own.get(round).seconds() / inserts.get(round).seconds());
    }
    return Spread.of(ratios);
  }

  /** How many retweets were counted in all rounds. */
  long counted(Way way, int retweets) {
    return runs(way, retweets).stream().mapToLong(Timed::counted).sum();
  }

  /** How many there were. */
  long done(Way way, int retweets) {
    return (long) options.workers() * retweets * runs(way, retweets).size();
  }

  private List<Timed> runs(Way way, int retweets) {
    return cases.computeIfAbsent(new Case(way, retweets), each -> new ArrayList<>());
  }

  @Override
  public void addTo(ObjectNode json) {
    ArrayNode crowds = json.putArray("crowds");
    for (Case each : cases.keySet()) {
      Way way = each.way();
      int retweets = each.retweets();
      ObjectNode here = crowds.addObject().put("way", way.key()).put("retweets", retweets);
      seconds(way, retweets).addTo(here, "seconds");
      ratio(way, retweets).addTo(here, "ratio_to_insert");
      way.seriesSeconds(retweets).ifPresent(value -> here.put("series_seconds", value));
      way.seriesRatio(retweets)
          .ifPresent(value -> here.put("series_ratio_to_insert", Spread.rounded(value)));
      here.put("done", done(way, retweets)).put("counted", counted(way, retweets));
    }
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d workers retweet one message, so many times each; in brackets the series' own figures"
            .formatted(options.workers()));
    TextTable table =
        new TextTable("way", "times", "seconds", "[series]", "of insert", "[series]", "counted");
    for (Case each : cases.keySet()) {
      table.row(cells(each.way(), each.retweets()));
    }
    lines.addAll(table.lines());
    return lines;
  }

  private String[] cells(Way way, int retweets) {
    return new String[] {
      way.key(),
      Integer.toString(retweets),
      seconds(way, retweets).text("%.2f"),
      bracketed(way.seriesSeconds(retweets)),
      ratio(way, retweets).text("%.2f"),
      bracketed(way.seriesRatio(retweets)),
      counted(way, retweets) == done(way, retweets)
          ? "all"
          : counted(way, retweets) + " of " + done(way, retweets)
    };
  }

  private static String bracketed(Optional<Double> figure) {
    return figure.map(value -> String.format(Locale.ROOT, "[%.2f]", value)).orElse("");
  }
}
