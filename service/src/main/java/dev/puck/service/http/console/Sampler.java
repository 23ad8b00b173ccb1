package dev.puck.service.http.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the status of the process once a second, in a thread of its own, whoever watches; and
 * remembers the numbers of the last quarter of an hour, so that a page that is opened at night
 * shows what led there. Thread-safe.
 */
final class Sampler implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Sampler.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration KEPT = Duration.ofMinutes(15);

  /** Of so many samples one is remembered. */
  private static final int STRIDE = 5;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Supplier<Object> status;
  private final Supplier<List<Peer>> peers;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "console");
  private final Deque<Sample> history = new ArrayDeque<>();
  private @Nullable Sample latest;
  private long taken;
  private boolean closed;

  /**
   * What takes samples once it is started.
   *
   * @param status must not block
   * @param peers what the others said last; must not block
   */
  Sampler(Supplier<Object> status, Supplier<List<Peer>> peers, Clock clock) {
    this.status = status;
    this.peers = peers;
    this.clock = clock;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The first sample after that moment, waited for; empty once the process ends. */
  synchronized Optional<Sample> after(long at) throws InterruptedException {
    while (!closed && (latest == null || latest.at() <= at)) {
      wait();
    }
    return closed ? Optional.empty() : Optional.ofNullable(latest);
  }

  /** The oldest first; each with its numbers alone. */
  synchronized List<Sample> history() {
    return List.copyOf(history);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(PERIOD.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long next = System.nanoTime();
    do {
      take();
      next += PERIOD.toNanos();
    } while (rest(next));
  }

  /** Whether there is anything to do after it. */
  private synchronized boolean rest(long until) {
    try {
      for (long left = until - System.nanoTime();
          !closed && left > 0;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      return false;
    }
    return !closed;
  }

  void take() {
    try {
      JsonNode read = MAPPER.valueToTree(status.get());
      add(new Sample(clock.millis(), read, peers.get()));
    } catch (RuntimeException e) {
      // Whoever watches sees that nothing comes; the process itself goes on.
      LOGGER.debug("No status for the console", e);
    }
  }

  private synchronized void add(Sample sample) {
    latest = sample;
    if (taken++ % STRIDE == 0) {
      history.addLast(new Sample(sample.at(), Numbers.of(sample.status()), List.of()));
      while (history.getFirst().at() < sample.at() - KEPT.toMillis()) {
        history.removeFirst();
      }
    }
    notifyAll();
  }
}
