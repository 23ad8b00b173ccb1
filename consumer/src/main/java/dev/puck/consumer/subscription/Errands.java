package dev.puck.consumer.subscription;

import dev.puck.service.retry.TransientException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Work that others want done by a subscription's thread, between two batches. How it ends is told
 * to whoever asked, and disturbs nobody else. Thread-safe; {@link #run} is for that thread.
 */
final class Errands {
  private final Queue<Errand<?>> waiting = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  private record Errand<T>(Supplier<T> work, CompletableFuture<T> result) {
    /** Whoever gave up before it was begun does not want it any more. */
    void run() {
      if (result.isDone()) {
        return;
      }
      try {
        result.complete(work.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }
  }

  /** Done once the thread has done it; fails as the work does, or if the thread has ended. */
  <T> CompletableFuture<T> add(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    waiting.add(new Errand<>(work, result));
    if (ended) {
      end();
    }
    return result;
  }

  /** Does what waits. */
  void run() {
    for (Errand<?> each = waiting.poll(); each != null; each = waiting.poll()) {
      each.run();
    }
  }

  /** Nothing is done any more. */
  void end() {
    ended = true;
    for (Errand<?> each = waiting.poll(); each != null; each = waiting.poll()) {
      each.result.completeExceptionally(
          new TransientException("The projection's thread has ended; restart the process."));
    }
  }
}
