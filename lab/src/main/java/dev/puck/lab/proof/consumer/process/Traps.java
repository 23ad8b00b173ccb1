package dev.puck.lab.proof.consumer.process;

import dev.puck.lab.process.ParentLine;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process at a named point, or holds a projection there, when told to. Thread-safe.
 *
 * <p>It ends by {@code Runtime.halt}: no hook and no {@code finally} runs, no buffer is flushed,
 * and the kernel closes the sockets, just as after SIGKILL.
 */
final class Traps {
  /** As a shell reports a process that ended by SIGKILL. */
  static final int KILLED = 137;

  private final ParentLine parent;
  private final AtomicReference<@Nullable Trap> set = new AtomicReference<>();
  private final Semaphore words = new Semaphore(0);

  /**
   * @param parent hears when a projection is held
   */
  Traps(ParentLine parent) {
    this.parent = parent;
  }

  /** From now on; one that was set before is not any more. */
  void set(Trap trap) {
    set.set(trap);
  }

  /** None from now on. */
  void clear() {
    set.set(null);
  }

  /** What is held goes on. */
  void release() {
    words.release();
  }

  /** Whether the next to pass that point would not come further. */
  boolean isDue(String projection, Point point) {
    @Nullable Trap trap = set.get();
    return trap != null && isAt(trap, projection, point) && trap.passes() <= 1;
  }

  /** Comes back, unless it is the last pass. */
  void pass(String projection, Point point) {
    @Nullable Trap trap =
        set.updateAndGet(
            each -> each != null && isAt(each, projection, point) ? each.passed() : each);
    if (trap != null && isAt(trap, projection, point) && trap.passes() <= 0) {
      spring(trap);
    }
  }

  private void spring(Trap trap) {
    if (trap.kind() == Trap.Kind.HALT) {
      Runtime.getRuntime().halt(KILLED);
    }
    set.set(null);
    words.drainPermits();
    parent.tell(ConsumerProcess.HELD);
    words.acquireUninterruptibly();
  }

  private static boolean isAt(Trap trap, String projection, Point point) {
    return trap.projection().equals(projection) && trap.at() == point;
  }
}
