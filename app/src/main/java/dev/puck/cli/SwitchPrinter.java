package dev.puck.cli;

import dev.puck.bridge.changeover.SwitchProgress;
import dev.puck.bridge.changeover.SwitchStep;
import java.io.PrintWriter;
import java.time.Duration;

/** Prints how a switch goes. Owned by one thread. */
final class SwitchPrinter implements SwitchProgress {
  private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintWriter out;
  private long lastWaiting = System.nanoTime() - PAUSE_NANOS;

  SwitchPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void passed(SwitchStep step) {
    String text = text(step);
    if (!text.isEmpty()) {
      said(text);
    }
  }

  @Override
  public void said(String what) {
    out.println(what);
    out.flush();
  }

  /** It is called again and again. */
  @Override
  public void waiting(String what) {
    long now = System.nanoTime();
    if (now - lastWaiting >= PAUSE_NANOS) {
      lastWaiting = now;
      said(what + ".");
    }
  }

  private static String text(SwitchStep step) {
    return switch (step) {
      case CHECKED -> "All that is needed is there.";
      case CAPTURED -> "Both sources capture what begins from now on.";
      case SETTLED -> "Both sources capture everything.";
      case LEADING -> "No bridge relays now; what is written waits in both.";
      case BOUNDED -> "The slot says which transactions come from which source.";
      case MOVED -> "Moved: the checkpoint is the new source's.";
      case DRAINED, COMPLETED -> "";
    };
  }
}
