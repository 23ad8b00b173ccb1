package dev.puck.consumer.audit;

import dev.puck.consumer.projection.StalledException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audits of one projection, in a thread of their own: those that are asked for, and one every
 * now and then. Requests that come while one waits are one; those that come while one runs lead to
 * another. Thread-safe.
 */
final class AuditTask implements Runnable, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(AuditTask.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String kind;
  private final String name;
  private final Supplier<Audit> audits;
  private final AuditMeters meters;
  private final @Nullable Duration every;
  private final Thread thread;

  private boolean requested;
  private boolean repair;
  private boolean stopping;
  private @Nullable Audit running;
  private @Nullable AuditResult last;
  private @Nullable String error;
  private long rows;
  private long completed;

  /**
   * @param every from the end of one to the next; null: only when asked for
   */
  AuditTask(
      String kind,
      String name,
      Supplier<Audit> audits,
      AuditMeters meters,
      @Nullable Duration every) {
    this.kind = kind;
    this.name = name;
    this.audits = audits;
    this.meters = meters;
    this.every = every;
    this.thread = new Thread(this, "audit-" + kind + "-" + name);
    thread.setDaemon(true);
  }

  String name() {
    return name;
  }

  void start() {
    thread.start();
  }

  /**
   * Asks for one.
   *
   * @param andRepair whether what differs is put right
   * @return how they were just before, with the number of that one
   */
  synchronized AuditStatus request(boolean andRepair) {
    AuditStatus before = status();
    requested = true;
    repair |= andRepair;
    notifyAll();
    return before;
  }

  synchronized AuditStatus status() {
    Audit now = running;
    return new AuditStatus(
        kind,
        name,
        now != null ? "running" : requested ? "waiting" : "idle",
        now != null ? now.rows() : rows,
        completed,
        completed + (now == null ? 1 : 2),
        last,
        error);
  }

  @Override
  public void run() {
    Backoff backoff = new Backoff(new Random());
    try {
      while (true) {
        await();
        if (attempt()) {
          backoff.reset();
        } else {
          Thread.sleep(backoff.next().toMillis());
        }
      }
    } catch (InterruptedException e) {
      LOGGER.debug("No more audits of {}/{}", kind, name, e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      stopping = true;
    }
    thread.interrupt();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until one is asked for, or due. */
  private synchronized void await() throws InterruptedException {
    long start = System.nanoTime();
    while (!requested) {
      if (every == null) {
        wait();
        continue;
      }
      long left = every.toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return;
      }
      wait(left / 1_000_000 + 1);
    }
  }

  /** Whether it needs no other try. */
  private boolean attempt() throws InterruptedException {
    Audit audit = audits.get();
    boolean andRepair = begin(audit);
    long start = System.nanoTime();
    try {
      Audit.Outcome outcome = audit.run(andRepair);
      long nanos = System.nanoTime() - start;
      ended(AuditResult.of(outcome, nanos, Instant.now()), Duration.ofNanos(nanos));
      return true;
    } catch (TransientException | StalledException e) {
      failed(String.valueOf(e.getMessage()), andRepair, e);
    } catch (RuntimeException e) {
      failed("Defect: " + e, andRepair, e);
    }
    return false;
  }

  private synchronized boolean begin(Audit audit) {
    boolean andRepair = repair;
    running = audit;
    // What is asked for from now on is another one.
    requested = false;
    repair = false;
    return andRepair;
  }

  private synchronized void ended(AuditResult result, Duration duration) {
    meters.ended(result, duration);
    rows = running == null ? 0 : running.rows();
    running = null;
    error = null;
    last = result;
    completed++;
    AuditLog.ended(kind + "/" + name, result);
  }

  private synchronized void failed(String why, boolean andRepair, RuntimeException e) {
    running = null;
    // It is still to be done.
    requested = true;
    repair |= andRepair;
    if (!stopping) {
      AuditLog.failed(kind + "/" + name, why, !why.equals(error), e);
    }
    error = why;
  }
}
