package dev.puck.lab.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.puck.lab.bench.result.PartResult;
import dev.puck.service.config.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result.
 *
 * @param options what was asked for
 * @param machine what it ran on
 * @param parts what each part came to
 * @param seconds that all of it took
 */
public record BenchReport(
    BenchOptions options, Machine machine, List<PartResult> parts, double seconds) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public BenchReport {
    parts = List.copyOf(parts);
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (PartResult part : parts) {
      lines.add("");
      lines.addAll(part.lines());
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Medians of %d, with the smallest and the largest; %s each, seed %d, %.0f s in all.",
            options.pairs(),
            Durations.text(options.duration()),
            options.seed(),
            seconds));
    lines.add(machine.text());
    return lines;
  }

  /** One line. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    parts.forEach(part -> part.addTo(json));
    json.put("subject", options.subject().name().toLowerCase(Locale.ROOT));
    json.put("pairs", options.pairs());
    json.put("duration", Durations.text(options.duration()));
    json.put("seed", options.seed());
    machine.addTo(json.putObject("machine"));
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    return json.toString();
  }
}
