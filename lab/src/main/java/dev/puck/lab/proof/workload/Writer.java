package dev.puck.lab.proof.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** One connection's transactions, again and again, through every loss of the connection. */
final class Writer implements Runnable {
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int LONGEST = 50;

  private final Shared shared;
  private final Mix mix;
  private final RandomGenerator random;
  private final int number;
  private long transactions;

  /**
   * @param number of the writer; others have others
   */
  Writer(Shared shared, Mix mix, RandomGenerator random, int number) {
    this.shared = shared;
    this.mix = mix;
    this.random = random;
    this.number = number;
  }

  @Override
  public void run() {
    while (!shared.isStopping()) {
      try (Connection connection = shared.connect()) {
        connection.setAutoCommit(false);
        Session session = new Session(connection, random);
        while (!shared.isStopping()) {
          shared.during(() -> transaction(session));
        }
      } catch (SQLException e) {
        shared.counters().failed.increment();
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  /** A deadlock or a violated key is a part of the game; a lost connection is not ours to mend. */
  private void transaction(Session session) throws SQLException {
    try {
      if (mix.prepares() && random.nextInt(20) == 0) {
        prepare(session);
      } else {
        steps(session);
        end(session.connection());
      }
    } catch (SQLException e) {
      shared.counters().failed.increment();
      session.connection().rollback();
    }
  }

  private void steps(Session session) throws SQLException {
    int count = length();
    for (int i = 0; i < count; i++) {
      shared.pace().await();
      if (random.nextInt(10) == 0) {
        doubtful(session);
      } else {
        step(session);
      }
    }
  }

  /** Half of these are taken back, and the transaction goes on. */
  private void doubtful(Session session) throws SQLException {
    Savepoint savepoint = session.connection().setSavepoint();
    step(session);
    if (random.nextBoolean()) {
      session.connection().rollback(savepoint);
    } else {
      session.connection().releaseSavepoint(savepoint);
    }
  }

  private void step(Session session) throws SQLException {
    List<String> late = shared.lateTables();
    if (!late.isEmpty() && random.nextInt(4) == 0) {
      String table = late.get(random.nextInt(late.size()));
      Steps.changeLate(session, table, LateTable.ROWS);
    } else {
      mix.steps().get(random.nextInt(mix.steps().size())).run(session);
    }
    shared.counters().steps.increment();
  }

  private void end(Connection connection) throws SQLException {
    if (random.nextInt(12) == 0) {
      connection.rollback();
      shared.counters().rolledBack.increment();
    } else {
      connection.commit();
      shared.counters().committed.increment();
    }
  }

  /** Touches nothing that others wait for, since it may take long to be resolved. */
  private void prepare(Session session) throws SQLException {
    session.run("set local puck.wake = off");
    Steps.publishAlone(session);
    Steps.insert(session);
    Steps.journal(session);
    session.run("prepare transaction 'prove-%d-%d'", number, transactions++);
    session.connection().commit();
    shared.counters().prepared.increment();
  }

  /** Mostly short. */
  private int length() {
    int luck = random.nextInt(100);
    return luck < 60
        ? 1 + luck % 3
        : luck < 97 ? 4 + random.nextInt(6) : 10 + random.nextInt(LONGEST - 9);
  }
}
