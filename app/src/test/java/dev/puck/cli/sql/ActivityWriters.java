package dev.puck.cli.sql;

import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Sessions that act on a few messages at once, each in transactions of one to three statements. */
final class ActivityWriters {
  static final int MESSAGES = 5;

  private static final int WRITERS = 4;
  private static final int TRANSACTIONS = 100;
  private static final List<String> ACTIONS = List.of("rt", "fav", "de-rt", "de-fav");

  private final TestEnvironment environment;
  private final Function<Random, String> statements;

  private ActivityWriters(TestEnvironment environment, Function<Random, String> statements) {
    this.environment = environment;
    this.statements = statements;
  }

  /** They write the table itself, in all ways. */
  static ActivityWriters ofTheTable(TestEnvironment environment) {
    return new ActivityWriters(environment, ActivityWriters::change);
  }

  /** They call twcache.act. */
  static ActivityWriters ofTheFunction(TestEnvironment environment) {
    return new ActivityWriters(
        environment,
        random -> "select twcache.act(%d, '%s')".formatted(message(random), action(random)));
  }

  /** Returns once all have done their part. */
  void run() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ActivityWriters seed " + seed);
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(seed + i);
        writers.add(
            threads.submit(
                () -> {
                  write(random);
                  return null;
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void write(Random random) throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      // They collide all the time: each collision would wait for a second before it is looked at.
      statement.execute("set deadlock_timeout = '10ms'");
      connection.setAutoCommit(false);
      int done = 0;
      while (done < TRANSACTIONS) {
        done += transact(connection, statement, random) ? 1 : 0;
      }
    }
  }

  /** False if it was the victim of a deadlock, which is part of the deal, and rolled back. */
  private boolean transact(Connection connection, Statement statement, Random random)
      throws SQLException {
    try {
      for (int i = random.nextInt(3); i >= 0; i--) {
        statement.execute(statements.apply(random));
      }
      if (random.nextInt(10) == 0) {
        connection.rollback();
      } else {
        connection.commit();
      }
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if ("40P01".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static String change(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> "delete from tweet.activity where id in (" + someIds() + ")";
      case 1 ->
          "update tweet.activity set messageid = %d, action = '%s' where id in (%s)"
              .formatted(message(random), action(random), someIds());
      case 2 ->
          "insert into tweet.activity (messageid, action, datetime)"
              + " select 1 + i %% %d, '%s', timestamptz '2026-01-01' + i * interval '5 hours'"
                  .formatted(MESSAGES, action(random))
              + " from generate_series(1, 20) as i";
      default ->
          "insert into tweet.activity (messageid, action) values (%d, '%s')"
              .formatted(message(random), action(random));
    };
  }

  private static String someIds() {
    return "select id from tweet.activity order by random() limit 3";
  }

  private static int message(Random random) {
    return 1 + random.nextInt(MESSAGES);
  }

  private static String action(Random random) {
    return ACTIONS.get(random.nextInt(ACTIONS.size()));
  }
}
