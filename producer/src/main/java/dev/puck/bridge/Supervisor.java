package dev.puck.bridge;

import dev.puck.bridge.relay.FailureLog;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs sessions one after another in a thread of its own: when one fails, the next begins. */
final class Supervisor implements AutoCloseable {
  /** Opens a session; may fail as {@link SessionOpening#open} does. */
  interface Opening {
    Session open() throws InterruptedException;
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(3);

  /** A takeover must not take long, and a question costs a connection to PostgreSQL. */
  private static final Duration STANDBY_PAUSE = Duration.ofMillis(250);

  private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(3);

  /** A session that lived so long was not failing from the start. */
  private static final long HEALTHY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Opening opening;
  private final Duration drainPatience;
  private final Consumer<Throwable> onFailure;
  private final FailureLog failures = new FailureLog(LOGGER);
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Session session;
  private volatile @Nullable String problem = "starting";
  private volatile boolean standby;

  /**
   * One that has not begun.
   *
   * @param onFailure hears of each session that ended by a failure, or could not begin
   */
  Supervisor(String name, Opening opening, Consumer<Throwable> onFailure) {
    this(name, opening, DRAIN_PATIENCE, onFailure);
  }

  Supervisor(String name, Opening opening, Duration drainPatience, Consumer<Throwable> onFailure) {
    this.drainPatience = drainPatience;
    this.opening = opening;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, "relay-" + name);
  }

  /**
   * The first session is opened by the caller's thread, so that what cannot work fails at once. To
   * stand by is no failure.
   */
  void begin() throws InterruptedException {
    try {
      session = opening.open();
    } catch (StandbyException e) {
      standBy();
    }
    thread.start();
  }

  /** Whether it waits for another process to go. */
  boolean isStandby() {
    return standby;
  }

  /** Why it does not read; empty while it stands by, too, as it is ready to take over. */
  Optional<String> sourceProblem() {
    Session current = session;
    return current == null ? Optional.ofNullable(problem) : current.sourceProblem();
  }

  /** The same for what it writes to. */
  Optional<String> kafkaProblem() {
    Session current = session;
    return current == null ? Optional.ofNullable(problem) : current.kafkaProblem();
  }

  long pendingEvents() {
    Session current = session;
    return current == null ? 0 : current.pendingEvents();
  }

  long queuedBytes() {
    Session current = session;
    return current == null ? 0 : current.queuedBytes();
  }

  /** Publishes what was read and releases all; what takes too long is given up. */
  @Override
  public void close() {
    stop.countDown();
    Session current = session;
    if (current != null) {
      current.stop();
    }
    try {
      thread.join(drainPatience.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(RELEASE_PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      if (session != null) {
        // Also one that was stopped before its turn: else it would lead until the process ends.
        runSession();
      }
      while (!isStopped()) {
        runSession();
      }
    } catch (InterruptedException e) {
      gaveUp(e);
    }
  }

  private void runSession() throws InterruptedException {
    long began = System.nanoTime();
    try (Session current = currentOrNew()) {
      current.run();
      if (!isStopped()) {
        LOGGER.atInfo().log("Relaying ended; starting again from the checkpoint");
        session = null;
        problem = "starting again";
      }
    } catch (StandbyException e) {
      session = null;
      standBy();
      stop.await(STANDBY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException | Error e) {
      if (System.nanoTime() - began > HEALTHY_NANOS) {
        backoff.reset();
        failures.worked();
      }
      if (isStopped()) {
        gaveUp(e);
        return;
      }
      session = null;
      problem = String.valueOf(e.getMessage());
      pause(e);
    }
  }

  private void standBy() {
    problem = null;
    if (!standby) {
      standby = true;
      LOGGER.atInfo().log("Another process leads; standing by");
    }
  }

  /** An unforeseen fault is tried again, too: a bridge that stands still would help nobody. */
  private void pause(Throwable failure) throws InterruptedException {
    Duration pause = backoff.next();
    onFailure.accept(failure);
    if (failure instanceof TransientException || failure instanceof ConfigException) {
      failures.failed("Relaying failed; starting again from the checkpoint", failure, pause);
    } else {
      LOGGER
          .atError()
          .setCause(failure)
          .addKeyValue("retryInMs", pause.toMillis())
          .log("Relaying ended by a fault; starting again from the checkpoint");
    }
    stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void gaveUp(Throwable failure) {
    if (session != null) {
      LOGGER
          .atWarn()
          .addKeyValue("pending", pendingEvents())
          .addKeyValue("error", failure.getMessage())
          .log("Not all was published in time; the next start goes on from the checkpoint");
    }
  }

  private Session currentOrNew() throws InterruptedException {
    Session opened = session;
    if (opened == null) {
      opened = opening.open();
      standby = false;
      session = opened;
    }
    if (isStopped()) {
      opened.stop();
    }
    return opened;
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }
}
