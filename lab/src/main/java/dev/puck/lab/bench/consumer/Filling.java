package dev.puck.lab.bench.consumer;

import java.util.Locale;

/**
 * How a projection came to serve.
 *
 * @param events that it had applied then
 * @param firstEvents that it had applied when it was first seen to have some
 * @param firstNanos when that was, since it began
 * @param nanos when it served, since it began
 */
record Filling(long events, long firstEvents, long firstNanos, long nanos) {
  static Filling parse(String line) {
    String[] parts = line.split(" ", -1);
    return new Filling(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  String line() {
    return String.format(Locale.ROOT, "%d %d %d %d", events, firstEvents, firstNanos, nanos);
  }

  /** Events a second once events came; in all where all came at once. */
  double perSecond() {
    return firstEvents < events
        ? (events - firstEvents) * 1e9 / (nanos - firstNanos)
        : perSecondInAll();
  }

  /** Events a second with all that goes before the first. */
  double perSecondInAll() {
    return events * 1e9 / nanos;
  }
}
