package dev.puck.bridge;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs sessions one after another in a thread of its own: when one fails, the next begins. */
final class Supervisor implements AutoCloseable {
  /** Opens a session; may fail as {@link Session#open} does. */
  interface Opening {
    Session open() throws InterruptedException;
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(3);

  private final Opening opening;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Session session;
  private volatile String problem = "starting";

  private Supervisor(String name, Opening opening) {
    this.opening = opening;
    this.thread = new Thread(this::run, "relay-" + name);
  }

  /** The first session is opened by the caller, so that what cannot work fails at once. */
  static Supervisor start(String name, Opening opening) throws InterruptedException {
    Supervisor supervisor = new Supervisor(name, opening);
    supervisor.session = opening.open();
    supervisor.thread.start();
    return supervisor;
  }

  Optional<String> sourceProblem() {
    Session current = session;
    return current == null ? Optional.of(problem) : current.sourceProblem();
  }

  Optional<String> kafkaProblem() {
    Session current = session;
    return current == null ? Optional.of(problem) : current.kafkaProblem();
  }

  long pendingEvents() {
    Session current = session;
    return current == null ? 0 : current.pendingEvents();
  }

  long queuedBytes() {
    Session current = session;
    return current == null ? 0 : current.queuedBytes();
  }

  @Override
  public void close() {
    stop.countDown();
    Session current = session;
    if (current != null) {
      current.stop();
    }
    try {
      thread.join(DRAIN_PATIENCE.toMillis());
      if (thread.isAlive()) {
        LOGGER
            .atWarn()
            .addKeyValue("pending", pendingEvents())
            .log("Not all was published in time; the next start publishes a gap that covers it");
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!isStopped()) {
        runSession();
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("Interrupted");
    }
  }

  private void runSession() throws InterruptedException {
    try {
      try (Session current = currentOrNew()) {
        backoff.reset();
        current.run();
      }
    } catch (TransientException | ConfigException e) {
      session = null;
      if (isStopped()) {
        return;
      }
      problem = String.valueOf(e.getMessage());
      Duration pause = backoff.next();
      LOGGER
          .atWarn()
          .addKeyValue("error", e.getMessage())
          .addKeyValue("retryInMs", pause.toMillis())
          .log("Relaying failed; starting again from the checkpoint");
      stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Session currentOrNew() throws InterruptedException {
    Session opened = session;
    if (opened == null) {
      opened = opening.open();
      session = opened;
      if (isStopped()) {
        opened.stop();
      }
    }
    return opened;
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }
}
