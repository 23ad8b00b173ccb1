package dev.puck.lab.series;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the experiments came to.
 *
 * @param at when they began
 * @param options how they were done
 * @param crowds what was timed
 * @param parts all of them, that one among them
 * @param loadBefore how many processes wanted to run before
 * @param seconds that all of it took
 */
public record SeriesReport(
    Instant at,
    SeriesOptions options,
    CrowdResult crowds,
    List<PartResult> parts,
    double loadBefore,
    double seconds) {
  /** Raised when a field changes its meaning: docs/series.schema.json. */
  public static final int VERSION = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public SeriesReport {
    parts = List.copyOf(parts);
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (PartResult part : parts) {
      lines.addAll(part.lines());
      lines.add("");
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "Medians of %d, with the least and the most; %d cores, load %.1f before; seed %d, %.0f"
                + " s.",
            options.repeats(),
            Runtime.getRuntime().availableProcessors(),
            loadBefore,
            options.seed(),
            seconds));
    lines.add(
        "The series ran on another machine, in 2018: compare ratios. It printed none for triggers"
            + " that count.");
    return lines;
  }

  /** As {@code series.json} has it. */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("version", VERSION);
    json.put("at", at.toString());
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    json.putObject("settings")
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("load_before", Math.round(loadBefore * 100) / 100.0)
        .put("workers", options.workers())
        .put("repeats", options.repeats())
        .put("seed", options.seed());
    parts.forEach(part -> part.addTo(json));
    return json;
  }
}
