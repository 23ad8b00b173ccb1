package dev.puck.lab.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writers that begin transactions at a steady rate, whether or not those before are committed, as
 * long as one of them is free. Each waits in a thread of its own, so that it notes at once when its
 * transaction is committed.
 */
public final class OpenLoad implements AutoCloseable {
  private static final int WRITERS = 16;

  private final List<WireConnection> connections = new ArrayList<>();

  private final Work work;

  private OpenLoad(Work work) {
    this.work = work;
  }

  /**
   * Connects the writers.
   *
   * @param port of PostgreSQL on this machine
   */
  public static OpenLoad connect(int port, String database, Work work) throws IOException {
    OpenLoad load = new OpenLoad(work);
    try {
      for (int i = 0; i < WRITERS; i++) {
        load.connections.add(WireConnection.open(port, database, work.sql()));
      }
      return load;
    } catch (IOException e) {
      load.close();
      throw e;
    }
  }

  /** Works through the numbers from {@code firstId} on; returns when all are committed. */
  public Schedule run(long firstId, int perSecond, Duration duration) throws InterruptedException {
    int rows = Math.toIntExact(perSecond * duration.toMillis() / 1_000);
    Schedule schedule =
        new Schedule(firstId, rows, System.nanoTime(), TimeUnit.SECONDS.toNanos(1) / perSecond);
    AtomicInteger next = new AtomicInteger();
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    List<Thread> writers = new ArrayList<>();
    for (WireConnection connection : connections) {
      Thread writer =
          new Thread(() -> write(connection, schedule, next, failure), "writer-" + writers.size());
      writer.setDaemon(true);
      writer.start();
      writers.add(writer);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    requireNone(failure);
    return schedule;
  }

  /** One transaction, now. */
  public Schedule runOne(long id) {
    Schedule schedule = new Schedule(id, 1, System.nanoTime(), 0);
    AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    write(connections.get(0), schedule, new AtomicInteger(), failure);
    requireNone(failure);
    return schedule;
  }

  @Override
  public void close() throws IOException {
    for (WireConnection connection : connections) {
      connection.close();
    }
  }

  private static void requireNone(AtomicReference<@Nullable IOException> failure) {
    @Nullable IOException failed = failure.get();
    if (failed != null) {
      throw new UncheckedIOException("A writer failed", failed);
    }
  }

  private void write(
      WireConnection connection,
      Schedule schedule,
      AtomicInteger next,
      AtomicReference<@Nullable IOException> failure) {
    try {
      for (int i = next.getAndIncrement(); i < schedule.rows(); i = next.getAndIncrement()) {
        long wait = schedule.due(i) - System.nanoTime();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = schedule.due(i) - System.nanoTime();
        }
        schedule.sending(i);
        connection.send(work.parameters().apply(schedule.firstId() + i));
        connection.awaitReady();
        schedule.committed(i, System.nanoTime());
      }
    } catch (IOException e) {
      failure.set(e);
    }
  }
}
