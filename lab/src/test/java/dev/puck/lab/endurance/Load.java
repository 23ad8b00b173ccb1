package dev.puck.lab.endurance;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writers that change keys at a steady rate, one to eight of them in a transaction, half of them
 * hot ones that all fight for. A few transactions are rolled back. They outlive every loss of their
 * connections, and do not make up for what they missed meanwhile.
 */
final class Load implements AutoCloseable {
  private static final int WRITERS = 4;
  private static final int MOST_CHANGES = 8;
  private static final double MEAN_CHANGES = (1 + MOST_CHANGES) / 2.0;
  private static final int KEYS = 1_000;
  private static final int HOT_KEYS = 8;
  private static final int ROLLED_BACK_ONE_IN = 50;
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Ledger ledger;
  private final long intervalNanos;
  private final List<Thread> writers = new ArrayList<>();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
  private volatile boolean stopping;

  private Load(Ledger ledger, int changesPerSecond) {
    this.ledger = ledger;
    this.intervalNanos =
        (long) (TimeUnit.SECONDS.toNanos(1) * MEAN_CHANGES * WRITERS / changesPerSecond);
  }

  /** Begins to write. */
  static Load start(Ledger ledger, int changesPerSecond, long seed) {
    Load load = new Load(ledger, changesPerSecond);
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed + i);
      Thread writer = new Thread(() -> load.run(random), "writer-" + i);
      writer.setDaemon(true);
      writer.start();
      load.writers.add(writer);
    }
    return load;
  }

  /**
   * How many changes were committed, but for those whose commit was not answered.
   *
   * @throws IllegalStateException if a writer failed, not only its connection
   */
  long changes() {
    @Nullable SQLException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("A writer failed", failed);
    }
    return changes.get();
  }

  /**
   * Stops the writers, and returns when they have ended.
   *
   * @throws IllegalStateException if a writer failed, not only its connection
   */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread writer : writers) {
      writer.join();
    }
    changes();
  }

  @Override
  public void close() {
    stopping = true;
    try {
      for (Thread writer : writers) {
        writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Random random) {
    while (!stopping) {
      try (Connection connection = ledger.database().connect();
          PreparedStatement statement = connection.prepareStatement("select public.change(?)")) {
        connection.setAutoCommit(false);
        write(connection, statement, random);
      } catch (SQLException e) {
        if (!isLoss(e)) {
          failure.set(e);
          return;
        }
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  private void write(Connection connection, PreparedStatement statement, Random random)
      throws SQLException {
    long due = System.nanoTime();
    while (!stopping) {
      Long[] keys = keys(random);
      Array array = connection.createArrayOf("bigint", keys);
      statement.setArray(1, array);
      statement.execute();
      if (random.nextInt(ROLLED_BACK_ONE_IN) == 0) {
        connection.rollback();
      } else {
        connection.commit();
        changes.addAndGet(keys.length);
      }
      due = Math.max(due + intervalNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** In order, so that no two wait for each other. */
  private static Long[] keys(Random random) {
    int count = 1 + random.nextInt(MOST_CHANGES);
    return random
        .longs(count, 1, KEYS)
        .map(key -> random.nextBoolean() ? 1 + key % HOT_KEYS : key)
        .sorted()
        .boxed()
        .toArray(Long[]::new);
  }

  /** Whether it tells of the connection or of the server, not of what was asked. */
  private static boolean isLoss(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }
}
