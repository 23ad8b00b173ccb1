package dev.puck.lab.workload;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes something of its own, and looks until that shows: the time from when its commit is known
 * to the beginning of the first read that sees it, to a tenth. What the very first read sees has
 * staleness 0. Used by one thread.
 *
 * @param <T> what a read gives
 */
public final class StalenessProbe<T> implements Step {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** So exact, and no more: each look takes of the processors what is measured there. */
  private static final int LOOKS_IN_A_TIME = 10;

  private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Probed<T> probed;
  private final long pauseNanos;
  private final Random random;
  private final Staleness staleness;

  /**
   * One that takes over what it writes.
   *
   * @param interval how often what is read is brought up to date; zero: at once
   * @param seed decides when it writes between two of those
   */
  public StalenessProbe(Probed<T> probed, Duration interval, long seed, Staleness staleness) {
    this.probed = probed;
    this.pauseNanos = Math.max(LEAST_PAUSE_NANOS, interval.toNanos());
    this.random = new Random(seed);
    this.staleness = staleness;
  }

  @Override
  public void run() throws SQLException, IOException, InterruptedException {
    // At any time between two refreshes.
    TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * pauseNanos));
    T before = probed.read();
    if (probed.write()) {
      look(before);
    }
  }

  private void look(T before) throws SQLException, IOException, InterruptedException {
    long committed = System.nanoTime();
    long patience = PATIENCE.toNanos() + pauseNanos;
    long looked = committed;
    boolean first = true;
    while (!probed.isNewer(probed.read(), before)) {
      if (looked - committed > patience) {
        staleness.unseen();
        return;
      }
      LockSupport.parkNanos(Math.max(LOOK_NANOS, (looked - committed) / LOOKS_IN_A_TIME));
      looked = System.nanoTime();
      first = false;
    }
    staleness.seen(first ? 0 : looked - committed);
  }

  @Override
  public void close() throws SQLException {
    probed.close();
  }
}
