package dev.puck.lab.bench.consumer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Readers that ask at a steady rate, whether or not those before have their answers, as long as one
 * of them is free. What waits is counted from when it should have been asked. Used by one thread.
 */
final class HttpLoad implements AutoCloseable {
  private static final int READERS = 16;

  private final List<HttpConnection> connections = new ArrayList<>();

  /** Connects the readers. */
  static HttpLoad connect(URI url) throws IOException {
    HttpLoad load = new HttpLoad();
    try {
      for (int i = 0; i < READERS; i++) {
        load.connections.add(HttpConnection.open(url));
      }
      return load;
    } catch (IOException e) {
      load.close();
      throw e;
    }
  }

  /**
   * Asks for that long.
   *
   * @param paths what the request of that number asks for
   * @return from when a request was due to the end of its answer, in nanoseconds
   */
  Histogram run(IntFunction<String> paths, int perSecond, Duration duration)
      throws InterruptedException {
    Run run =
        new Run(
            paths,
            Math.toIntExact(perSecond * duration.toMillis() / 1_000),
            System.nanoTime(),
            TimeUnit.SECONDS.toNanos(1) / perSecond);
    List<Thread> readers = new ArrayList<>();
    for (HttpConnection connection : connections) {
      Thread reader = new Thread(() -> run.read(connection), "reader-" + readers.size());
      reader.setDaemon(true);
      reader.start();
      readers.add(reader);
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return run.result();
  }

  @Override
  public void close() throws IOException {
    for (HttpConnection connection : connections) {
      connection.close();
    }
  }

  /** Requests, of which each reader takes the next. */
  private static final class Run {
    private final IntFunction<String> paths;
    private final int requests;
    private final long begin;
    private final long intervalNanos;
    private final AtomicInteger next = new AtomicInteger();
    private final Histogram latency = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(2), 3);
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    Run(IntFunction<String> paths, int requests, long begin, long intervalNanos) {
      this.paths = paths;
      this.requests = requests;
      this.begin = begin;
      this.intervalNanos = intervalNanos;
    }

    void read(HttpConnection connection) {
      try {
        for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
          long due = begin + i * intervalNanos;
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
          int unusedLength = connection.get(paths.apply(i));
          latency.recordValue(System.nanoTime() - due);
        }
      } catch (IOException e) {
        failure.set(e);
      }
    }

    Histogram result() {
      @Nullable IOException failed = failure.get();
      if (failed != null) {
        throw new UncheckedIOException("A reader failed", failed);
      }
      return latency;
    }
  }
}
