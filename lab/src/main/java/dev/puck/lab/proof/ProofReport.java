package dev.puck.lab.proof;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result.
 *
 * @param seed it began with
 * @param kills that happened
 * @param faults how many of each kind, by its name
 * @param changes and messages that happened
 * @param counts what each check counted, by its name
 * @param controls by name, whether each was {@code caught} or {@code missed}
 * @param problems what speaks against it, in words; empty if it is proved
 * @param ends how many processes ended that nobody had killed: those that start while a server is
 *     away do
 * @param slowest the longest that changes took to come through after a fault, in milliseconds, by
 *     what they depended on, such as {@code standby} and {@code alone}
 * @param seconds that all of it took
 * @param kept where histories and logs are; null if they were deleted
 */
public record ProofReport(
    long seed,
    int kills,
    Map<String, Integer> faults,
    int changes,
    Map<String, Long> counts,
    Map<String, String> controls,
    List<String> problems,
    int ends,
    Map<String, Long> slowest,
    double seconds,
    @Nullable Path kept) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public ProofReport {
    problems = List.copyOf(problems);
    slowest = Collections.unmodifiableMap(new LinkedHashMap<>(slowest));
  }

  /** Whether nothing speaks against it. */
  public boolean isProved() {
    return problems.isEmpty();
  }

  /** For a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT, "%,d changes, %d kills, %.0f s, seed %d", changes, kills, seconds, seed));
    lines.add("faults    " + text(faults));
    lines.add("found     " + text(counts));
    lines.add("sabotage  " + text(controls));
    lines.add("recovery  at most, in ms: " + text(slowest));
    problems.forEach(problem -> lines.add("AGAINST   " + problem));
    lines.add(isProved() ? "Nothing speaks against it." : "Not proved; see " + kept);
    return lines;
  }

  private static String text(Map<String, ?> named) {
    return named.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** One line. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("seed", seed).put("kills", kills);
    ObjectNode kinds = json.putObject("faults");
    faults.forEach(kinds::put);
    json.put("changes", changes);
    counts.forEach(json::put);
    ObjectNode caught = json.putObject("controls");
    controls.forEach(caught::put);
    ObjectNode recovery = json.putObject("slowest_recovery_ms");
    slowest.forEach(recovery::put);
    json.put("unexpected_ends", ends);
    json.put("seconds", Math.round(seconds * 10) / 10.0);
    json.put("proved", isProved());
    return json.toString();
  }
}
