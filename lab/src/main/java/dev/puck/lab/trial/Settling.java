package dev.puck.lab.trial;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until what is under way has arrived, or will not any more. */
public final class Settling {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * How long nothing changes when nothing is under way any more. A bridge that was cut off takes
   * several attempts to be back, and a restarted one joins its group again: it must not be judged
   * before.
   */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final long LOOK_MILLIS = 100;

  private Settling() {}

  /** A look at how things are. */
  @FunctionalInterface
  public interface Look<T> {
    /** What is seen now. */
    T now() throws SQLException, IOException, InterruptedException;
  }

  /**
   * What is seen in the end.
   *
   * @param interval how often things are brought up to date
   * @param good whether nothing is left to wait for
   */
  public static <T> T await(Duration interval, Look<T> look, Predicate<T> good)
      throws SQLException, IOException, InterruptedException {
    Duration more = interval.multipliedBy(2);
    T seen = look.now();
    long begin = System.nanoTime();
    long changed = begin;
    while (!good.test(seen)
        && System.nanoTime() - begin < PATIENCE.plus(more).toNanos()
        && System.nanoTime() - changed < QUIET.plus(more).toNanos()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      T now = look.now();
      changed = now.equals(seen) ? changed : System.nanoTime();
      seen = now;
    }
    return seen;
  }
}
