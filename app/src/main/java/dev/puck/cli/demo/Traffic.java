package dev.puck.cli.demo;

import dev.puck.service.connection.Postgres;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The crowd: writers that together keep a rate, whatever each write takes. Each takes the next
 * ticket, waits until it is due, and writes.
 */
final class Traffic implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Traffic.class);

  private final Postgres postgres;
  private final Skew skew;
  private final Deed deed;
  private final long nanosBetween;
  private final long start = System.nanoTime();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean stopped;

  private Traffic(Postgres postgres, Skew skew, CrowdSize size, Deed deed) {
    this.postgres = postgres;
    this.skew = skew;
    this.deed = deed;
    this.nanosBetween = Duration.ofSeconds(1).toNanos() / size.rate();
  }

  static Traffic start(Postgres postgres, Skew skew, CrowdSize size, Deed deed) {
    Traffic traffic = new Traffic(postgres, skew, size, deed);
    for (int i = 0; i < size.writers(); i++) {
      Thread writer = new Thread(traffic::write, "writer-" + i);
      traffic.writers.add(writer);
      writer.start();
    }
    return traffic;
  }

  /** How many writes are committed. Any thread. */
  long written() {
    return written.get();
  }

  /** Ends the writers, each after its current write. */
  @Override
  public void close() {
    stopped = true;
    for (Thread writer : writers) {
      LockSupport.unpark(writer);
    }
    try {
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    while (!stopped) {
      try (ActivityWriter writer = new ActivityWriter(postgres, deed)) {
        writeUntilStopped(writer, backoff);
      } catch (SQLException | TransientException e) {
        // Whether the write counts is the database's to say; the comparison asks it.
        LOGGER.atDebug().addKeyValue("error", e.getMessage()).log("A writer connects again");
        LockSupport.parkNanos(backoff.next().toNanos());
      }
    }
  }

  private void writeUntilStopped(ActivityWriter writer, Backoff backoff) throws SQLException {
    RandomGenerator random = RandomGenerator.getDefault();
    while (awaitTurn()) {
      writer.write(skew.next(random), Action.next(random));
      written.incrementAndGet();
      backoff.reset();
    }
  }

  /** Whether there is a turn; false if all is over. */
  private boolean awaitTurn() {
    long due = start + tickets.getAndIncrement() * nanosBetween;
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (stopped) {
        return false;
      }
      LockSupport.parkNanos(left);
    }
    return !stopped;
  }
}
