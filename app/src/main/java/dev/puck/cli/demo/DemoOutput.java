package dev.puck.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/** What the demo says: on standard output, or on error where that is kept for JSON. */
public final class DemoOutput {
  private static final int BAR_WIDTH = 30;

  private final PrintWriter text;
  private final PrintWriter result;
  private final boolean json;

  /** The launcher knows; Java cannot tell on all versions. */
  private final boolean terminal = Boolean.getBoolean("puck.terminal");

  public DemoOutput(CommandLine command, boolean json) {
    this.json = json;
    this.result = command.getOut();
    this.text = json ? command.getErr() : command.getOut();
  }

  /** One line, with {@link String#format} in it. */
  void say(String format, Object... arguments) {
    text.println(String.format(Locale.ROOT, format, arguments));
    text.flush();
  }

  /** How far something has come; redrawn in place on a terminal, else only its end is shown. */
  void progress(String what, int done, int total) {
    boolean finished = done >= total;
    if (!terminal && !finished) {
      return;
    }
    int filled = total == 0 ? BAR_WIDTH : (int) ((long) BAR_WIDTH * done / total);
    String bar = "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled);
    text.print(
        String.format(
            Locale.ROOT, "%s%s [%s] %,d of %,d", terminal ? "\r" : "", what, bar, done, total));
    if (finished) {
      text.println();
    }
    text.flush();
  }

  /** The result, last of all. */
  void finish(DemoSummary summary) {
    if (json) {
      result.println(summary.toJson());
      result.flush();
    } else {
      summary.lines().forEach(line -> say("%s", line));
    }
  }
}
