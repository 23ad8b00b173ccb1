package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * What became of the records that were sent. The sender's thread counts them out, the producer's
 * I/O thread counts them in. Thread-safe.
 */
final class Acknowledgements {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicLong pending = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final Queue<OutgoingEvent> tooLarge = new ConcurrentLinkedQueue<>();
  private final LongSupplier nanoTime;
  private volatile long lastProgress;

  Acknowledgements(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A record is about to be sent. */
  void sending() {
    if (pending.getAndIncrement() == 0) {
      lastProgress = nanoTime.getAsLong();
    }
  }

  /** A record's fate is known; {@code error} is null if it is stored. */
  void acknowledged(OutgoingEvent event, @Nullable Throwable error) {
    if (error instanceof RecordTooLargeException) {
      tooLarge.add(event);
    } else if (error != null) {
      failure.compareAndSet(null, error);
    }
    lastProgress = nanoTime.getAsLong();
    if (pending.decrementAndGet() == 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until nothing is pending; whether it came to that in time. */
  synchronized boolean awaitNone(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (pending.get() > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** The records that Kafka found too large since the last call. */
  List<OutgoingEvent> drainTooLarge() {
    List<OutgoingEvent> drained = new ArrayList<>();
    for (OutgoingEvent event = tooLarge.poll(); event != null; event = tooLarge.poll()) {
      drained.add(event);
    }
    return drained;
  }

  /** Fails if a record could not be stored. */
  void throwIfFailed() {
    @Nullable Throwable cause = failure.get();
    if (cause != null) {
      throw new TransientException(
          "Kafka did not store a record (" + cause.getMessage() + "); publishing starts again.",
          cause);
    }
  }

  /** Why a record could not be stored; empty if none failed. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  long pending() {
    return pending.get();
  }

  /** Set while records wait and none was acknowledged for some time. */
  Optional<String> problem() {
    long waiting = pending.get();
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - lastProgress);
    if (waiting == 0 || since.compareTo(PATIENCE) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "No acknowledgement from Kafka for "
            + since.toSeconds()
            + " s (pending="
            + waiting
            + "); retrying.");
  }
}
