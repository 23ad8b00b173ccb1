package dev.puck.lab.proof.bridge;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process at a named point, when told to, and says now and then that it leads.
 * Thread-safe.
 *
 * <p>It ends by {@code Runtime.halt}, at that very point and not a moment later as by a signal from
 * outside: no hook and no {@code finally} runs, no buffer is flushed, and the kernel closes the
 * sockets, just as after SIGKILL.
 */
final class Armed implements Milestones {
  /** As a shell reports a process that ended by SIGKILL. */
  static final int KILLED = 137;

  private static final long SAY_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final PrintStream parent;
  private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
  private volatile long saidAt = System.nanoTime() - SAY_EVERY_NANOS;

  /**
   * @param parent hears what happens
   */
  Armed(PrintStream parent) {
    this.parent = parent;
  }

  /** From now on, the so many-th pass of that point is the last. */
  void arm(Milestone at, int passes) {
    trap.set(new Trap(at, passes));
  }

  @Override
  public void passed(Milestone milestone) {
    long now = System.nanoTime();
    if (now - saidAt >= SAY_EVERY_NANOS) {
      saidAt = now;
      parent.println(BridgeProcess.LEADING);
    }
    @Nullable Trap set =
        trap.updateAndGet(
            each -> each == null || each.at != milestone ? each : new Trap(each.at, each.left - 1));
    if (set != null && set.left <= 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private record Trap(Milestone at, int left) {}
}
