package dev.puck.lab.bench.stage;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Says what is measured now, and about how long the rest will take. Used by one thread. */
public final class Progress {
  private final Consumer<String> lines;
  private final long begin = System.nanoTime();
  private Duration left;

  /**
   * @param lines hears each line
   * @param total about how long all steps take
   */
  public Progress(Consumer<String> lines, Duration total) {
    this.lines = lines;
    this.left = total;
  }

  /** The next step begins, which takes about that long. */
  public void step(Duration takes, String format, Object... arguments) {
    String what = String.format(Locale.ROOT, format, arguments);
    say("%s (about %s left)", what, text(left));
    left = left.minus(takes);
  }

  /** One line about what came out, with {@link String#format} in it. */
  public void say(String format, Object... arguments) {
    lines.accept(
        String.format(Locale.ROOT, "%7.1fs  ", seconds())
            + String.format(Locale.ROOT, format, arguments));
  }

  /** Since its begin. */
  public double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String text(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }
}
