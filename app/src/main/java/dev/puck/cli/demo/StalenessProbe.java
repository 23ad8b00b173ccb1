package dev.puck.cli.demo;

import dev.puck.service.connection.Postgres;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Measures staleness as a reader meets it: retweets a message that nobody else does, and looks at
 * the cache until it is there. The time counts from just before the commit, so it is never too
 * short. A retweet that is not seen in time may still come, so the probe then goes on to another
 * message. Runs in a thread of its own.
 */
final class StalenessProbe implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final Duration GIVE_UP = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofNanos(50_000);
  private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

  private final Postgres postgres;
  private final MessageRange messages;
  private final LongUnaryOperator seen;
  private final Recorder recorder = new Recorder(LONGEST_MICROS, 3);
  private final Histogram total = new Histogram(LONGEST_MICROS, 3);
  private final AtomicLong written = new AtomicLong();
  private final Thread thread = new Thread(this::probe, "staleness-probe");
  private long messageid;
  private volatile boolean stopped;

  /**
   * @param messages those that nobody else touches
   * @param seen how many retweets of a message the cache shows
   */
  StalenessProbe(Postgres postgres, MessageRange messages, LongUnaryOperator seen) {
    this.postgres = postgres;
    this.messages = messages;
    this.messageid = messages.first();
    this.seen = seen;
    thread.start();
  }

  /** What was measured since the last call, in microseconds. One caller only. */
  Histogram sinceLast() {
    Histogram interval = recorder.getIntervalHistogram();
    total.add(interval);
    return interval;
  }

  /** What was measured in all, in microseconds. Same caller. */
  Histogram total() {
    sinceLast();
    return total;
  }

  /** How many writes it committed. Any thread. */
  long written() {
    return written.get();
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void probe() {
    while (!stopped) {
      try (ActivityWriter writer = new ActivityWriter(postgres, Deed.ADD)) {
        while (!stopped) {
          probeOnce(writer);
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      } catch (SQLException | TransientException e) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void probeOnce(ActivityWriter writer) throws SQLException {
    long before = seen.applyAsLong(messageid);
    long start = System.nanoTime();
    writer.write(messageid, Action.RETWEET);
    written.incrementAndGet();
    while (seen.applyAsLong(messageid) <= before) {
      if (stopped) {
        return;
      }
      if (System.nanoTime() - start > GIVE_UP.toNanos()) {
        messageid = messages.after(messageid);
        return;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    recorder.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - start) / 1_000));
  }
}
