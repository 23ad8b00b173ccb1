package dev.puck.lab.series;

import java.util.Optional;

/**
 * A number that is counted, and not timed.
 *
 * @param key in {@code series.json}
 * @param text what is counted, for a person
 * @param of how many there were
 * @param counted how many of them, or how many instead
 * @param seriesRatio counted to there were, as the series found; empty where it printed no number
 */
record Fact(String key, String text, long of, long counted, Optional<Double> seriesRatio) {
  /** One that the series has no number for. */
  static Fact ours(String key, String text, long of, long counted) {
    return new Fact(key, text, of, counted, Optional.empty());
  }

  /** One that it has. */
  static Fact beside(String key, String text, long of, long counted, double seriesRatio) {
    return new Fact(key, text, of, counted, Optional.of(seriesRatio));
  }

  double ratio() {
    return (double) counted / of;
  }
}
