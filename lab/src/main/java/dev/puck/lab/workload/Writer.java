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
  private final PreparedStatement action;
  private final Random random;
  private final AtomicLong retries;

  /**
   * Takes over the connection.
   *
   * @param write a statement that takes a message's number and an action
   * @param number tells it from the others
   * @param retries counts the transactions that had to be done again
   */
  public Writer(
      Workload workload, Connection connection, String write, int number, AtomicLong retries)
      throws SQLException {
    this.workload = workload;
    this.connection = connection;
    this.random = new Random(workload.seed() * 1_000 + number);
    this.retries = retries;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(workload.isolation().level());
    this.action = connection.prepareStatement(write);
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
        action.setLong(1, workload.message(random));
        action.setString(2, ACTIONS.get(random.nextInt(ACTIONS.size())));
        action.execute();
      }
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if (SERIALIZATION_FAILURE.equals(e.getSQLState()) || DEADLOCK.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
