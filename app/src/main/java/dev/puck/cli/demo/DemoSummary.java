package dev.puck.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.BridgeStatus;
import dev.puck.cli.demo.Comparison.Difference;
import dev.puck.cli.demo.play.LoadedPlay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came out of the demo.
 *
 * @param changes rows in {@code tweet.activity}: the truth's count of what was to be relayed
 * @param staleness in microseconds
 */
record DemoSummary(
    LoadedPlay play,
    long changes,
    double seconds,
    BridgeStatus bridge,
    Comparison comparison,
    Histogram staleness) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int DIFFERENCES_SHOWN = 5;

  /** One line of JSON. */
  String toJson() {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("source", bridge.source());
    result.put("play", play.title());
    result.put("tweets", play.tweets());
    result.put("users", play.users());
    result.put("changes", changes);
    result.put("changes_per_second", rounded(changes / seconds));
    result.put("relayed", bridge.received());
    result.put("dead_letters", bridge.deadLetters());
    result.put("gaps", bridge.gaps());
    result.put("drift", comparison.drift());
    result.put("drift_cache", comparison.cacheDrift().size());
    result.put("drift_summary", comparison.summaryDrift().size());
    Map<String, Object> millis = new LinkedHashMap<>();
    millis.put("p50", millisAt(50));
    millis.put("p99", millisAt(99));
    millis.put("max", rounded(staleness.getMaxValue() / 1_000.0));
    millis.put("probes", staleness.getTotalCount());
    result.put("staleness_ms", millis);
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers cannot fail to become JSON", e);
    }
  }

  /** The same for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        line(
            "changes    %,d written in %.0f s, %,d relayed, %,d dead letters, %,d gaps",
            changes, seconds, bridge.received(), bridge.deadLetters(), bridge.gaps()));
    lines.add(
        line(
            "staleness  p50 %.1f ms, p99 %.1f ms, from just before the commit to the reader of the"
                + " cache (%,d probes)",
            millisAt(50), millisAt(99), staleness.getTotalCount()));
    addDrift(lines, "cache    ", comparison.cacheDrift());
    addDrift(lines, "summary  ", comparison.summaryDrift());
    lines.add(verdict());
    return lines;
  }

  private void addDrift(List<String> lines, String name, List<Difference> drift) {
    lines.add(
        line(
            "%s  %,d of %,d messages differ from the truth",
            name, drift.size(), comparison.messages()));
    drift.stream().limit(DIFFERENCES_SHOWN).forEach(each -> lines.add("             " + each));
    if (drift.size() > DIFFERENCES_SHOWN) {
      lines.add(line("             and %,d more", drift.size() - DIFFERENCES_SHOWN));
    }
  }

  private String verdict() {
    if (comparison.drift() == 0) {
      return "drift 0";
    }
    String because =
        bridge.gaps() > 0
            ? ": it comes from the gap, since what is notified while nobody listens is lost. Such"
                + " is NOTIFY; a gap tells you of it"
            : ", and there was no gap to explain it: please report this";
    return "drift " + comparison.drift() + because + ".";
  }

  private double millisAt(double percentile) {
    return rounded(staleness.getValueAtPercentile(percentile) / 1_000.0);
  }

  private static double rounded(double number) {
    return Math.round(number * 100) / 100.0;
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
