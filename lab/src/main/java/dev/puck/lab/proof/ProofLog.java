package dev.puck.lab.proof;

import java.util.Locale;
import java.util.function.Consumer;

/** Says how far the proof has come, with the time since its begin. */
public final class ProofLog {
  private final Consumer<String> lines;
  private final long begin = System.nanoTime();

  /** Its time begins now. */
  public ProofLog(Consumer<String> lines) {
    this.lines = lines;
  }

  /** One line, with {@link String#format} in it. */
  public void say(String format, Object... arguments) {
    lines.accept(
        String.format(Locale.ROOT, "%6.1fs  ", seconds())
            + String.format(Locale.ROOT, format, arguments));
  }

  /** Since its begin. */
  public double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }
}
