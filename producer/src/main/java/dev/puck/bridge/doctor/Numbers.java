package dev.puck.bridge.doctor;

import java.time.Duration;
import java.util.Locale;

/** Writes numbers alike wherever the program runs. */
final class Numbers {
  private Numbers() {}

  /** With so many digits after the point. */
  static String text(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }

  /** The whole units of that duration, in the largest one that it has at least two of. */
  static String rough(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }
}
