package dev.puck.lab.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A session that acts on messages, transaction by transaction. Used by one thread. */
public final class Writer implements Step {
  /** More is done than taken back. */
  private static final List<String> ACTIONS =
      List.of("rt", "rt", "rt", "fav", "fav", "de-rt", "de-fav");

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";

  private final Workload workload;
  private final Connection connection;
  private final Action action;
  private final Random random;
  private final AtomicLong retries;

  /** What is done in a transaction, once or several times. */
  @FunctionalInterface
  public interface Action {
    /**
     * Does it, in the transaction that the session is in.
     *
     * @param message the number of what it is done to
     */
    void run(long message, Random random) throws SQLException;
  }

  /**
   * Takes over the connection.
   *
   * @param action uses that connection
   * @param number tells it from the others
   * @param retries counts the transactions that had to be done again
   */
  public Writer(
      Workload workload, Connection connection, Action action, int number, AtomicLong retries)
      throws SQLException {
    this.workload = workload;
    this.connection = connection;
    this.action = action;
    this.random = new Random(workload.seed() * 1_000 + number);
    this.retries = retries;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(workload.isolation().level());
  }

  /**
   * One that acts on tweets.
   *
   * @param write a statement that takes a message's number and an action
   */
  public static Writer ofTweets(
      Workload workload, Connection connection, String write, int number, AtomicLong retries)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(write);
    return new Writer(
        workload,
        connection,
        (message, random) -> {
          statement.setLong(1, message);
          statement.setString(2, ACTIONS.get(random.nextInt(ACTIONS.size())));
          statement.execute();
        },
        number,
        retries);
  }

  /** One transaction, done again until it is committed. */
  @Override
  public void run() throws SQLException {
    while (!isCommitted()) {
      retries.incrementAndGet();
    }
  }

  private boolean isCommitted() throws SQLException {
    try {
      for (int i = 0; i < workload.actions(); i++) {
        action.run(workload.message(random), random);
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if (isConflict(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Whether the same may work in another transaction. */
  public static boolean isConflict(SQLException e) {
    return SERIALIZATION_FAILURE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
