package dev.puck.lab.proof.workload;

import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Writers at work, each with choices of its own by the seed. What comes of them also depends on who
 * is quicker, so that a seed repeats the choices and not the history.
 *
 * <p>Used by one thread.
 */
public final class Workload implements AutoCloseable {
  private final Database database;
  private final Shared shared;
  private final List<Thread> threads = new ArrayList<>();
  private int lateTables;

  private Workload(Database database, Capture capture, Mix mix) {
    this.database = database;
    this.shared = new Shared(database, capture, new Pace(mix.stepsPerSecond()));
  }

  /** Makes the tables, fills some of them, and watches them. */
  public static void install(Database database, Capture capture) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(script("workload.sql"));
      statement.execute(script("rows.sql"));
      for (String table : Tables.watchedAtOnce()) {
        LateTable.watch(connection, capture, table);
      }
    }
  }

  /** Begins to write. */
  public static Workload start(Database database, Capture capture, Mix mix, long seed) {
    Workload workload = new Workload(database, capture, mix);
    for (int number = 0; number < mix.writers(); number++) {
      workload.run(
          new Writer(workload.shared, mix, random(seed, number), number), "writer-" + number);
    }
    for (int number = 0; number < mix.lateWriters(); number++) {
      workload.run(
          new LateWriter(workload.shared, random(seed, 1_000 + number)), "late-writer-" + number);
    }
    if (mix.prepares()) {
      workload.run(new Resolver(workload.shared), "resolver");
    }
    return workload;
  }

  /** About how many changes were tried so far. */
  public long steps() {
    return shared.counters().steps.sum();
  }

  /** What was done, for a person. */
  public String summary() {
    return shared.counters().text();
  }

  /** Makes one more table with rows, lets the writers at it, and watches it while they are busy. */
  public void watchLate() throws SQLException {
    String table = Tables.late(++lateTables);
    try (Connection connection = database.connect()) {
      LateTable.create(connection, table);
      shared.lateTables().add(table);
      LateTable.watch(connection, shared.capture(), table);
    }
  }

  /** Copies in more rows at once than a bridge reads at once. */
  public void copyMany() throws SQLException {
    try (Connection connection = database.connect()) {
      Steps.copyMany(connection);
    }
  }

  /** Returns when no transaction is under way; none begins before {@link #release}. */
  public void hold() {
    shared.hold();
  }

  /** Ends a {@link #hold} of the same thread. */
  public void release() {
    shared.release();
  }

  /** Returns when all writers have ended, and nothing is prepared any more. */
  public void stop() throws InterruptedException, SQLException {
    shared.stop();
    for (Thread thread : threads) {
      thread.join();
    }
    try (Connection connection = database.connect()) {
      Resolver.resolve(connection, "0 s");
    }
  }

  @Override
  public void close() {
    shared.stop();
  }

  private void run(Runnable task, String name) {
    Thread thread = new Thread(task, "proof-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private static RandomGenerator random(long seed, int number) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + number);
  }

  private static String script(String name) {
    try (InputStream in = Objects.requireNonNull(Workload.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
