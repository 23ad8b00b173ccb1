package dev.puck.consumer.resync;

import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.Resyncable;
import dev.puck.consumer.projection.StalledException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resyncs of one projection, in a thread of their own. Requests that come while one waits are
 * one; those that come while one runs lead to another. Thread-safe.
 */
final class ResyncTask implements Runnable, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ResyncTask.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Projection projection;
  private final Truth truth;
  private final Kafka kafka;
  private final String clientId;
  private final Timer timer;
  private final Thread thread;

  private @Nullable String requested;
  private @Nullable Resync running;
  private boolean stopping;
  private @Nullable String reason;
  private @Nullable String error;
  private @Nullable Instant finishedAt;
  private @Nullable Double seconds;
  private long rows;
  private long completed;

  ResyncTask(
      Projection projection, Truth truth, Kafka kafka, String consumer, MeterRegistry registry) {
    this.projection = projection;
    this.truth = truth;
    this.kafka = kafka;
    this.clientId = consumer + ".resync." + projection.kind().text() + "." + projection.name();
    this.timer =
        Timer.builder("puck.consumer.resync")
            .description("Resyncs that ended well, from their begin to the swap.")
            .tags(Tags.of("kind", projection.kind().text(), "projection", projection.name()))
            .register(registry);
    this.thread = new Thread(this, "resync-" + projection.kind().text() + "-" + projection.name());
    thread.setDaemon(true);
  }

  Projection projection() {
    return projection;
  }

  void start() {
    thread.start();
  }

  synchronized void request(String why) {
    requested = requested == null ? why : requested;
    reason = requested;
    notifyAll();
  }

  synchronized ResyncStatus status() {
    Resync now = running;
    return new ResyncStatus(
        projection.kind().text(),
        projection.name(),
        now != null ? "running" : requested != null ? "waiting" : "idle",
        reason,
        now != null ? now.rows() : rows,
        completed,
        seconds,
        finishedAt == null ? null : finishedAt.toString(),
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
          pause(backoff.next());
        }
      }
    } catch (InterruptedException e) {
      LOGGER.debug("No more resyncs of {}", clientId, e);
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

  private synchronized void await() throws InterruptedException {
    while (requested == null) {
      wait();
    }
  }

  private synchronized void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }

  /** Whether it needs no other try. */
  private boolean attempt() {
    long start = System.nanoTime();
    try {
      long since = projection instanceof Resyncable resyncable ? resyncable.lastResync() : 0;
      Resync resync = begin();
      LOGGER
          .atInfo()
          .addKeyValue("projection", name())
          .addKeyValue("reason", reason())
          .log("Resync begins");
      OptionalLong result = resync.run(since);
      succeeded(result, System.nanoTime() - start);
      return true;
    } catch (TransientException | StalledException e) {
      failed(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      failed("Defect: " + e, e);
    }
    return false;
  }

  private synchronized Resync begin() {
    Resync resync = new Resync(projection, truth, kafka, clientId);
    running = resync;
    // What is asked for from now on is another one.
    requested = null;
    return resync;
  }

  private synchronized void succeeded(OptionalLong result, long nanos) {
    running = null;
    error = null;
    finishedAt = Instant.now();
    seconds = nanos / 1e9;
    completed++;
    result.ifPresent(read -> rows = read);
    timer.record(Duration.ofNanos(nanos));
    LOGGER
        .atInfo()
        .addKeyValue("projection", name())
        .addKeyValue("rows", result.isPresent() ? result.getAsLong() : "by another process")
        .addKeyValue("seconds", seconds)
        .log("Resync ended");
  }

  private synchronized void failed(String why, RuntimeException e) {
    running = null;
    // It is still to be done.
    requested = requested == null ? reason : requested;
    if (!stopping && !why.equals(error)) {
      LOGGER
          .atWarn()
          .addKeyValue("projection", name())
          .addKeyValue("error", why)
          .log("Resync failed, and is tried again");
    }
    LOGGER.debug("Resync of {} failed", name(), e);
    error = why;
  }

  private String name() {
    return projection.kind().text() + "/" + projection.name();
  }

  private synchronized @Nullable String reason() {
    return reason;
  }
}
