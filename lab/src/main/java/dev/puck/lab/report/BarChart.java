package dev.puck.lab.report;

import java.util.List;
import java.util.Locale;

/**
 * Bars from left to right, one for each strategy, drawn as SVG: no script, no network. Colours are
 * the page's.
 *
 * @param title of the whole
 * @param bars from top to bottom
 * @param logarithmic whether each step to the right is ten times as much
 */
record BarChart(String title, List<Bar> bars, boolean logarithmic) {
  private static final int LABEL = 190;
  private static final int WIDTH = 430;
  private static final int VALUE = 130;
  private static final int ROW = 22;
  private static final int THICK = 14;

  /**
   * One of them.
   *
   * @param parts its pieces, one after the other
   * @param text what stands behind it
   */
  record Bar(String label, List<Part> parts, String text) {
    double sum() {
      return parts.stream().mapToDouble(Part::value).sum();
    }
  }

  /**
   * A piece of a bar.
   *
   * @param style a class of the page's
   */
  record Part(String style, String name, double value) {}

  /** As an element. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<figure><figcaption>%s</figcaption>"
            + "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>%n",
        Html.escape(title),
        LABEL + WIDTH + VALUE,
        ROW * bars.size() + 4,
        Html.escape(title));
    for (int row = 0; row < bars.size(); row++) {
      addBar(svg, bars.get(row), row * ROW);
    }
    return svg.append("</svg></figure>\n").toString();
  }

  private void addBar(StringBuilder svg, Bar bar, int top) {
    int baseline = top + THICK;
    add(
        svg,
        "<text x='%d' y='%d' text-anchor='end'>%s</text>%n",
        LABEL - 8,
        baseline,
        Html.escape(bar.label()));
    double from = 0;
    for (Part part : bar.parts()) {
      double to = from + part.value();
      add(
          svg,
          "<rect class='%s' x='%.1f' y='%d' width='%.1f' height='%d'><title>%s</title></rect>%n",
          part.style(),
          LABEL + place(from),
          top + 2,
          Math.max(0, place(to) - place(from)),
          THICK,
          Html.escape(part.name()));
      from = to;
    }
    add(
        svg,
        "<text x='%.1f' y='%d'>%s</text>%n",
        LABEL + place(from) + 6,
        baseline,
        Html.escape(bar.text()));
  }

  /** How far to the right a value is. */
  private double place(double value) {
    double most = bars.stream().mapToDouble(Bar::sum).max().orElse(0);
    if (value <= 0 || most <= 0) {
      return 0;
    }
    return logarithmic
        ? WIDTH * Math.log1p(value) / Math.log1p(most)
        : WIDTH * Math.min(1, value / most);
  }

  private static void add(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments));
  }
}
