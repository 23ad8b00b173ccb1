package dev.puck.consumer;

import dev.puck.service.metric.Metrics;
import java.util.ArrayDeque;
import java.util.Deque;

/** What must be closed, the last first. Filled by one thread, then closed by one. */
final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Metrics metrics = add(new Metrics());

  Metrics metrics() {
    return metrics;
  }

  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /** Closes all, even if some fail: then throws what they threw. */
  @Override
  public void close() {
    RuntimeException failure = new IllegalStateException("Some resources did not close");
    closeAfter(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  /** Closes all after that failure, to which it adds those of closing. */
  void closeAfter(Throwable failure) {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
