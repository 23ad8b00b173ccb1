package dev.puck.lab.proof.check;

import org.jspecify.annotations.Nullable;

/** Counts what is wrong and keeps the first. */
final class Tally {
  private final String check;
  private long count;
  private @Nullable String example;

  Tally(String check) {
    this.check = check;
  }

  /** That many more, of which this is one. */
  void add(long more, String one) {
    count += more;
    if (more > 0 && example == null) {
      example = one;
    }
  }

  /** One more. */
  void add(String one) {
    add(1, one);
  }

  Finding finding() {
    return new Finding(check, count, example);
  }
}
