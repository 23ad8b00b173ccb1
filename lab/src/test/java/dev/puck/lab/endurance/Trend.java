package dev.puck.lab.endurance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Bytes at points in time, of which the beginning does not count: the second fifth is compared with
 * the last. Used by one thread.
 */
final class Trend {
  private static final int PARTS = 5;
  private static final double MEBIBYTE = 1 << 20;

  private final List<Double> seconds = new ArrayList<>();
  private final List<Long> bytes = new ArrayList<>();

  void add(double atSeconds, long value) {
    seconds.add(atSeconds);
    bytes.add(value);
  }

  /** How often it was noted. */
  int size() {
    return bytes.size();
  }

  /** The largest of all; 0 if there is none. */
  long max() {
    return bytes.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The latest; 0 if there is none. */
  long latest() {
    return bytes.isEmpty() ? 0 : bytes.get(bytes.size() - 1);
  }

  /** The largest of the second fifth. */
  long maxEarly() {
    return max(part(1));
  }

  /** The largest of the last fifth. */
  long maxLate() {
    return max(part(PARTS - 1));
  }

  /** The median of the second fifth. */
  long medianEarly() {
    return median(part(1));
  }

  /** The median of the last fifth. */
  long medianLate() {
    return median(part(PARTS - 1));
  }

  /** All of it, in MiB. */
  String text() {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i++) {
      points.add(String.format(Locale.ROOT, "%.0fs %.1f", seconds.get(i), bytes.get(i) / MEBIBYTE));
    }
    return points.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  /** For a person. */
  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }

  private List<Long> part(int number) {
    int count = bytes.size();
    if (count < PARTS) {
      throw new IllegalStateException("Only " + count + " points in time; at least 5 are needed");
    }
    return bytes.subList(count * number / PARTS, count * (number + 1) / PARTS);
  }

  private static long max(List<Long> part) {
    return part.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static long median(List<Long> part) {
    return part.stream().sorted().skip(part.size() / 2).findFirst().orElseThrow();
  }
}
