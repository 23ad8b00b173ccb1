package dev.puck.lab.report;

import dev.puck.lab.trial.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which strategy to take.
 *
 * @param need what was asked for
 * @param choice the one to take; empty if none will do
 * @param cost what a cost is: cores, or where these are not known, busy sessions
 * @param costs what each that will do costs, the cheapest first
 * @param refused why each of the others will not do
 */
public record Verdict(
    Need need,
    Optional<String> choice,
    Metric cost,
    Map<String, Double> costs,
    Map<String, String> refused) {
  /**
   * Costs that differ by less are the same to it: the simpler strategy is taken then. In three
   * quick runs with one seed what one strategy cost differed by up to 1.44.
   */
  private static final double SAME = 1.5;

  /**
   * The verdict on these.
   *
   * @param outcomes the simplest strategy first
   * @param cost what a cost is
   */
  public static Verdict on(List<Outcome> outcomes, Need need, Metric cost) {
    Map<String, String> refused = new LinkedHashMap<>();
    Map<String, Double> fit = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      Optional<String> reason = reason(outcome, need);
      if (reason.isPresent()) {
        refused.put(outcome.strategy(), reason.get());
      } else {
        fit.put(outcome.strategy(), outcome.median(cost, 0));
      }
    }
    Optional<String> choice = cheap(fit).findFirst();
    return new Verdict(need, choice, cost, cheapestFirst(fit), refused);
  }

  /** In a few lines of plain words. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "Asked for: at most %.3f s stale, %,d writes/s, %,d reads/s.",
            need.staleness().toMillis() / 1e3, need.writesPerSecond(), need.readsPerSecond()));
    lines.add(
        choice
            .map(name -> "Take " + name + ": it costs " + cost(name) + " at that.")
            .orElse("None of them will do."));
    choice.ifPresent(name -> lines.addAll(sameAs(name)));
    if (!costs.isEmpty()) {
      lines.add("What will do, in " + unit() + ": " + list(costs) + ".");
    }
    refused.forEach((name, why) -> lines.add("Not " + name + ": " + why + "."));
    return lines;
  }

  private String cost(String strategy) {
    return text("%.2f %s", costs.getOrDefault(strategy, 0.0), unit());
  }

  /** What is as cheap, and not as simple. */
  private List<String> sameAs(String chosen) {
    List<String> others = cheap(costs).filter(each -> !each.equals(chosen)).toList();
    return others.isEmpty()
        ? List.of()
        : List.of(
            "The simplest of those that cost the same within the noise; the others: "
                + String.join(", ", others)
                + ".");
  }

  /** The cheapest, and those that cost the same, in the order given. */
  private static Stream<String> cheap(Map<String, Double> costs) {
    double least = costs.values().stream().min(Comparator.naturalOrder()).orElse(0.0);
    return costs.entrySet().stream()
        .filter(each -> each.getValue() <= least * SAME)
        .map(Map.Entry::getKey);
  }

  private String unit() {
    return cost == Metric.CORES ? "cores" : "busy sessions";
  }

  private static String list(Map<String, Double> cores) {
    return String.join(
        ", ",
        cores.entrySet().stream()
            .map(each -> text("%s %.2f", each.getKey(), each.getValue()))
            .toList());
  }

  private static Optional<String> reason(Outcome outcome, Need need) {
    double drift = outcome.median(Metric.DRIFT, 0);
    double lost = outcome.median(Metric.DRIFT_AFTER_DISCONNECT, 0);
    double twice = outcome.median(Metric.DRIFT_AFTER_RESTART, 0);
    double staleMillis = outcome.median(Metric.STALENESS_P99, Double.POSITIVE_INFINITY);
    double writes = outcome.median(Metric.WRITES_PER_SECOND, 0);
    double reads = outcome.median(Metric.READS_PER_SECOND, 0);
    if (drift > 0) {
      return Optional.of(text("%.0f messages were wrong in the end", drift));
    } else if (lost > 0) {
      return Optional.of(text("a disconnect left %.0f messages wrong for good", lost));
    } else if (outcome.median(Metric.GAPS, 0) > 0) {
      return Optional.of("a disconnect lost events, and all had to be read anew");
    } else if (twice > 0) {
      return Optional.of(text("a restart left %.0f messages wrong for good", twice));
    } else if (staleMillis > need.staleness().toMillis()) {
      return Optional.of(text("1 %% of what it shows is over %.3f s old", staleMillis / 1e3));
    } else if (writes < need.writesPerSecond()) {
      return Optional.of(text("it can do %,.0f writes/s only", writes));
    } else if (reads < need.readsPerSecond()) {
      return Optional.of(text("it can do %,.0f reads/s only", reads));
    }
    return Optional.empty();
  }

  private static Map<String, Double> cheapestFirst(Map<String, Double> cores) {
    Map<String, Double> sorted = new LinkedHashMap<>();
    cores.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return sorted;
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
