package dev.puck.lab.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The same latency, once for each pair. Answers in milliseconds. */
public final class Percentiles {
  private final List<Histogram> pairs = new ArrayList<>();

  /** One more pair, in nanoseconds. */
  public void add(Histogram histogram) {
    pairs.add(histogram);
  }

  /** What so many percent do not exceed. */
  public Spread at(double percent) {
    return Spread.of(pairs.stream().map(pair -> millis(pair, percent)).toList());
  }

  /** This one's of the other's, pair by pair. */
  public Spread ratio(Percentiles other, double percent) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < pairs.size(); pair++) {
      ratios.add(millis(pairs.get(pair), percent) / millis(other.pairs.get(pair), percent));
    }
    return Spread.of(ratios);
  }

  /** What half do not exceed, pair by pair. */
  public List<Double> medians() {
    return pairs.stream().map(pair -> millis(pair, 50)).toList();
  }

  /** How many were measured. */
  public long count() {
    return pairs.stream().mapToLong(Histogram::getTotalCount).sum();
  }

  /** As a field of that object. */
  public void addTo(ObjectNode json, String name) {
    ObjectNode here = json.putObject(name);
    at(50).addTo(here, "p50");
    at(99).addTo(here, "p99");
    at(99.9).addTo(here, "p99.9");
    here.put("count", count());
  }

  /** For a person: p50, p99 and p99.9. */
  public String[] text() {
    return new String[] {at(50).text("%.2f"), at(99).text("%.1f"), at(99.9).text("%.1f")};
  }

  private static double millis(Histogram histogram, double percent) {
    return histogram.getValueAtPercentile(percent) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
