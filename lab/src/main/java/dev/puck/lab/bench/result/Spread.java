package dev.puck.lab.bench.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * One number, measured several times.
 *
 * @param median of an even count, the mean of the two in the middle
 * @param least the smallest
 * @param most the largest
 */
public record Spread(double median, double least, double most) {
  /**
   * That of these.
   *
   * @param numbers at least one
   */
  public static Spread of(List<Double> numbers) {
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured");
    }
    List<Double> sorted = numbers.stream().sorted().toList();
    int half = sorted.size() / 2;
    double upper = sorted.get(half);
    double median = sorted.size() % 2 == 1 ? upper : (sorted.get(half - 1) + upper) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /** As a field of that object. */
  public void addTo(ObjectNode json, String name) {
    json.putObject(name)
        .put("median", rounded(median))
        .put("min", rounded(least))
        .put("max", rounded(most));
  }

  /** For a person, each number by that format; what was measured once has no spread. */
  public String text(String format) {
    if (least == most) {
      return String.format(Locale.ROOT, format, median);
    }
    String each = format + " (" + format + " to " + format + ")";
    return String.format(Locale.ROOT, each, median, least, most);
  }

  /** To four digits that count. */
  public static double rounded(double number) {
    if (number == 0 || !Double.isFinite(number)) {
      return 0;
    }
    double scale = Math.pow(10, 4 - Math.ceil(Math.log10(Math.abs(number))));
    return Math.round(number * scale) / scale;
  }
}
