package dev.puck.lab.bench.latency;

import java.util.Locale;

/**
 * How the rows come.
 *
 * @param perSecond how many, evenly; 0: one by one, each to a bridge that is asleep
 */
record Load(int perSecond) {
  static final Load ASLEEP = new Load(0);
  static final Load STEADY = new Load(500);
  static final Load BUSY = new Load(5_000);

  /** For a program. */
  String id() {
    return isAsleep() ? "asleep" : Integer.toString(perSecond);
  }

  /** For a person. */
  String text() {
    return isAsleep() ? "from asleep" : String.format(Locale.ROOT, "%,d/s", perSecond);
  }

  boolean isAsleep() {
    return perSecond == 0;
  }
}
