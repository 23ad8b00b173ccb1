package dev.puck.bridge.election;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Leads again after PostgreSQL was away, unless another process was quicker: for a bridge that need
 * not stop publishing meanwhile, since nobody else has what it read. Thread-safe.
 */
public final class Reelection implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Postgres postgres;
  private final String bridge;
  private final Runnable whenAnotherLeads;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Leadership current;

  /**
   * @param current the first leadership, closed with this
   * @param whenAnotherLeads called once, from the leadership's thread
   */
  public Reelection(
      Leadership current, Postgres postgres, String bridge, Runnable whenAnotherLeads) {
    this.current = current;
    this.postgres = postgres;
    this.bridge = bridge;
    this.whenAnotherLeads = whenAnotherLeads;
    current.whenLost(this::tryAgain);
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    current.close();
  }

  private void tryAgain() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        if (isDecided()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDecided() {
    Optional<Leadership> again;
    try {
      again = Leadership.tryAcquire(postgres, bridge);
    } catch (TransientException | ConfigException e) {
      // The source says so, too, and louder.
      return false;
    }
    if (again.isPresent()) {
      lead(again.get());
    } else {
      whenAnotherLeads.run();
    }
    return true;
  }

  private synchronized void lead(Leadership again) {
    if (closing.getCount() == 0) {
      again.close();
      return;
    }
    current = again;
    again.whenLost(this::tryAgain);
  }
}
