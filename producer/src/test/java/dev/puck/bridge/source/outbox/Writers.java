package dev.puck.bridge.source.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Applications that write at the same time: to a few rows that all of them want, and to rows of
 * their own, with messages, in transactions with pauses, savepoints and rollbacks.
 */
final class Writers implements AutoCloseable {
  private static final int HOT_ROWS = 20;

  private final Database database;
  private final ExecutorService threads;
  private final List<Future<?>> running = new ArrayList<>();
  private volatile boolean stopped;

  private Writers(Database database, int count) {
    this.database = database;
    this.threads = Executors.newFixedThreadPool(count);
  }

  /** Makes and watches the tables {@code item} and {@code entry}. */
  static void prepare(Database database) throws SQLException {
    database.run(
        "create table item (id int primary key, v int not null, writer int)",
        "insert into item select i, 0, null from generate_series(1, " + HOT_ROWS + ") as i",
        "create table entry (id bigint generated always as identity primary key, writer int)",
        "create table sent (payload text primary key)",
        "select puck.watch('item')",
        "select puck.watch('entry')");
  }

  /** So many writers, each until it has made so many transactions, or {@link #stop}. */
  static Writers start(Database database, int count, int transactions, long seed) {
    Writers writers = new Writers(database, count);
    for (int i = 0; i < count; i++) {
      int number = i;
      writers.running.add(
          writers.threads.submit(
              () -> {
                writers.write(number, transactions, new Random(seed + number));
                return null;
              }));
    }
    return writers;
  }

  /** Whether all have finished; fails if one failed. */
  boolean areDone() throws Exception {
    for (Future<?> each : running) {
      if (!each.isDone()) {
        return false;
      }
      each.get();
    }
    return true;
  }

  /** Lets them end their transactions, and waits for it. */
  void stop() throws Exception {
    stopped = true;
    for (Future<?> each : running) {
      each.get(30, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdown();
    try {
      threads.awaitTermination(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether they still write. */
  boolean isRunning() {
    return !threads.isTerminated();
  }

  private void write(int number, int transactions, Random random) throws SQLException {
    try (Database session = database.another();
        Statement statement = session.connection().createStatement()) {
      session.connection().setAutoCommit(false);
      for (int i = 0; i < transactions && !stopped; i++) {
        transaction(number, session.connection(), statement, random);
      }
    }
  }

  private static void transaction(
      int number, Connection connection, Statement statement, Random random) throws SQLException {
    if (random.nextInt(4) == 0) {
      statement.execute("select pg_current_xact_id()");
      pause(random);
    }
    int key = 1 + random.nextInt(HOT_ROWS / 4);
    for (int steps = 1 + random.nextInt(3); steps > 0 && key <= HOT_ROWS; steps--) {
      if (random.nextInt(4) == 0) {
        Savepoint savepoint = connection.setSavepoint();
        change(number, key, statement);
        if (random.nextBoolean()) {
          connection.rollback(savepoint);
        }
      } else {
        change(number, key, statement);
      }
      pause(random);
      // Upwards, so that they do not lock each other for ever.
      key += 1 + random.nextInt(HOT_ROWS / 4);
    }
    if (random.nextInt(6) == 0) {
      connection.rollback();
    } else {
      connection.commit();
    }
  }

  private static void change(int number, int key, Statement statement) throws SQLException {
    statement.execute("insert into entry (writer) values (" + number + ")");
    try (ResultSet row =
        statement.executeQuery(
            "update item set v = v + 1, writer = %d where id = %d returning id || ' ' || v"
                .formatted(number, key))) {
      row.next();
      String payload = row.getString(1);
      statement.execute("insert into sent values ('" + payload + "')");
      statement.execute("select puck.publish('item', '%s', '%d')".formatted(payload, key));
    }
  }

  private static void pause(Random random) {
    LockSupport.parkNanos(random.nextInt(3) * 1_000_000L);
  }
}
