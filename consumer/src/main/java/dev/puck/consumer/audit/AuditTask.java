package dev.puck.consumer.audit;

import dev.puck.consumer.projection.EntryAuditable;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.projection.StalledException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
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
  private final boolean takesSamples;
  private final Function<Sample, Audit> audits;
  private final AuditMeters meters;
  private final @Nullable AuditSchedule schedule;
  private final Thread thread;

  private @Nullable AuditRequest requested;
  private boolean stopping;
  private @Nullable Audit running;
  private @Nullable AuditResult last;
  private @Nullable String error;
  private long rows;
  private long completed;

  /**
   * @param schedule null: only when asked for
   */
  AuditTask(
      Projection projection,
      Function<Sample, Audit> audits,
      AuditMeters meters,
      @Nullable AuditSchedule schedule) {
    this.kind = projection.kind().text();
    this.name = projection.name();
    this.takesSamples = projection instanceof EntryAuditable;
    this.audits = audits;
    this.meters = meters;
    this.schedule = schedule;
    this.thread = new Thread(this, "audit-" + kind + "-" + name);
    thread.setDaemon(true);
  }

  String name() {
    return name;
  }

  /** Whether it may compare a part of the keys. */
  boolean takesSamples() {
    return takesSamples;
  }

  void start() {
    thread.start();
  }

  /**
   * Asks for one.
   *
   * @return how they were just before, with the number of that one
   */
  synchronized AuditStatus request(AuditRequest request) {
    AuditStatus before = status();
    ask(request);
    notifyAll();
    return before;
  }

  synchronized AuditStatus status() {
    Audit now = running;
    return new AuditStatus(
        kind,
        name,
        now != null ? "running" : requested != null ? "waiting" : "idle",
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
    while (requested == null) {
      if (schedule == null) {
        wait();
        continue;
      }
      long left = schedule.every().toNanos() - (System.nanoTime() - start);
      if (left <= 0) {
        return;
      }
      wait(left / 1_000_000 + 1);
    }
  }

  /** Whether it needs no other try. */
  private boolean attempt() throws InterruptedException {
    Begun begun = begin();
    AuditRequest request = begun.request();
    long start = System.nanoTime();
    try {
      Audit.Outcome outcome = begun.audit().run(request.repair());
      long nanos = System.nanoTime() - start;
      ended(AuditResult.of(outcome, nanos, Instant.now()), Duration.ofNanos(nanos));
      return true;
    } catch (TransientException | StalledException e) {
      failed(String.valueOf(e.getMessage()), request, e);
    } catch (RuntimeException e) {
      failed("Defect: " + e, request, e);
    }
    return false;
  }

  private record Begun(AuditRequest request, Audit audit) {}

  /** What is asked for from now on is another one. */
  private synchronized Begun begin() {
    AuditRequest request =
        requested != null ? requested : Objects.requireNonNull(schedule, "nothing is due").next();
    Audit audit = audits.apply(request.sample());
    running = audit;
    requested = null;
    return new Begun(request, audit);
  }

  private synchronized void ask(AuditRequest request) {
    requested = requested == null ? request : requested.and(request);
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

  private synchronized void failed(String why, AuditRequest request, RuntimeException e) {
    running = null;
    // It is still to be done.
    ask(request);
    if (!stopping) {
      AuditLog.failed(kind + "/" + name, why, !why.equals(error), e);
    }
    error = why;
  }
}
