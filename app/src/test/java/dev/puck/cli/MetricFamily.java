package dev.puck.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One metric, as a process tells of it in Prometheus' text format.
 *
 * @param labels those that any of its samples has, but for a histogram's own
 */
record MetricFamily(String name, String type, List<String> labels, String help) {
  private static final Pattern SAMPLE = Pattern.compile("([a-z_A-Z0-9]+)(?:\\{(.*)})? .*");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  /** All metrics of a scrape, by name. */
  static Map<String, MetricFamily> parse(String scrape) {
    Map<String, String> help = new HashMap<>();
    Map<String, MetricFamily> families = new TreeMap<>();
    for (String line : scrape.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        help.put(words[2], words[3].strip());
      } else if (line.startsWith("# TYPE ")) {
        families.put(
            words[2],
            new MetricFamily(
                words[2], words[3], new ArrayList<>(), help.getOrDefault(words[2], "")));
      } else {
        addLabels(families, line);
      }
    }
    return families;
  }

  private static void addLabels(Map<String, MetricFamily> families, String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches() || sample.group(2) == null) {
      return;
    }
    String name = sample.group(1);
    MetricFamily family =
        families.getOrDefault(name, families.get(name.replaceFirst("_(bucket|sum|count)$", "")));
    if (family == null) {
      throw new AssertionError("A sample of no metric: " + line);
    }
    TreeSet<String> all = new TreeSet<>(family.labels());
    LABEL.matcher(sample.group(2)).results().map(label -> label.group(1)).forEach(all::add);
    all.removeAll(List.of("le", "quantile"));
    family.labels().clear();
    family.labels().addAll(all);
  }

  /** A row of a table in Markdown. */
  String row() {
    String names =
        labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s | %s |".formatted(name, type, names, unit(), help);
  }

  private String unit() {
    if (name.contains("_seconds")) {
      return "s";
    }
    return name.contains("_bytes") ? "bytes" : "";
  }
}
