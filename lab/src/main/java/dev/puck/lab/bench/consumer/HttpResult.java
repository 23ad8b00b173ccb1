package dev.puck.lab.bench.consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.lab.bench.result.Percentiles;
import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.bench.result.TextTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long answers take. */
final class HttpResult implements PartResult {
  /** Requests a second. */
  static final int REQUESTS = 2_000;

  /** Events a second, where there are any. */
  static final int EVENTS = 5_000;

  private final Map<Asked, Percentiles> latencies = new EnumMap<>(Asked.class);
  private final List<Double> applied = new ArrayList<>();

  /** What is asked for, and what the server does besides. */
  enum Asked {
    /** A key of the cache, which changes. */
    CACHE("cache, events coming", true),
    /** What is always the same, while the cache changes. */
    CONSTANT("constant, events coming", true),
    /** A key of the cache, which stays. */
    CACHE_WITHOUT_EVENTS("cache", false),
    /** What is always the same. */
    CONSTANT_WITHOUT_EVENTS("constant", false);

    private final String text;
    private final boolean hasEvents;

    Asked(String text, boolean hasEvents) {
      this.text = text;
      this.hasEvents = hasEvents;
    }

    String text() {
      return text;
    }

    boolean hasEvents() {
      return hasEvents;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Percentiles of(Asked asked) {
    return latencies.computeIfAbsent(asked, any -> new Percentiles());
  }

  /** So many events a second were applied meanwhile. */
  void applied(double perSecond) {
    applied.add(perSecond);
  }

  @Override
  public void addTo(ObjectNode json) {
    ObjectNode ratios = json.putObject("http_p99_ratio");
    ratios.put("to_constant", Spread.rounded(ratio(Asked.CONSTANT).median()));
    ratios.put(
        "to_constant_without_events",
        Spread.rounded(ratio(Asked.CONSTANT_WITHOUT_EVENTS).median()));
    ObjectNode http = json.putObject("http");
    http.put("requests_per_second", REQUESTS);
    http.put("events_per_second", EVENTS);
    Spread.of(applied).addTo(http, "applied_per_second");
    ObjectNode latency = http.putObject("latency_ms");
    for (Asked asked : Asked.values()) {
      of(asked).addTo(latency, asked.id());
    }
    ObjectNode p99 = http.putObject("p99_ratio");
    ratio(Asked.CONSTANT).addTo(p99, "to_constant");
    ratio(Asked.CONSTANT_WITHOUT_EVENTS).addTo(p99, "to_constant_without_events");
  }

  @Override
  public List<String> lines() {
    TextTable table = new TextTable("", "p50 ms", "p99 ms", "p99.9 ms", "the cache's p99 of it");
    for (Asked asked : Asked.values()) {
      String[] text = of(asked).text();
      table.row(
          asked.text(),
          text[0],
          text[1],
          text[2],
          asked == Asked.CACHE ? "" : ratio(asked).text("%.2f"));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "HTTP: %,d requests/s, from when each was due; %s events/s applied where they come",
            REQUESTS,
            Spread.of(applied).text("%,.0f")));
    lines.addAll(table.lines());
    return lines;
  }

  private Spread ratio(Asked other) {
    return of(Asked.CACHE).ratio(of(other), 99);
  }
}
