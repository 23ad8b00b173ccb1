package dev.puck.bridge;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** An application that notifies {@code 0, 1, 2, …}, a few hundred a second, in a thread. */
final class Traffic implements AutoCloseable {
  private static final long PAUSE_NANOS = 3_000_000;

  private final Connection connection;
  private final String channel;
  private final AtomicInteger sent = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "traffic");
  private volatile boolean stopped;

  private Traffic(Connection connection, String channel) {
    this.connection = connection;
    this.channel = channel;
  }

  /** The connection stays the caller's. */
  static Traffic start(Connection connection, String channel) {
    Traffic traffic = new Traffic(connection, channel);
    traffic.thread.start();
    return traffic;
  }

  /** Waits until so many more were sent. */
  Traffic awaitMore(int count) {
    int wanted = sent.get() + count;
    await().until(() -> sent.get() >= wanted);
    return this;
  }

  /** Ends it, and tells what it sent. */
  List<String> stop() {
    close();
    return IntStream.range(0, sent.get()).mapToObj(Integer::toString).toList();
  }

  /** What PostgreSQL refused. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stopped = true;
    await().until(() -> !thread.isAlive());
  }

  private void run() {
    while (!stopped) {
      try {
        BridgeSetup.notify(connection, channel, Integer.toString(sent.get()));
        sent.incrementAndGet();
      } catch (SQLException e) {
        failures.add(String.valueOf(e.getMessage()));
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
