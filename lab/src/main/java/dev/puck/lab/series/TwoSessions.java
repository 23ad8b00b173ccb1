package dev.puck.lab.series;

import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.tweet.TweetDatabase;
import dev.puck.lab.workload.Isolation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/**
 * Two sessions that count up one row: the second one comes while the first has not committed yet.
 * At read committed it waits, and adds to what the first left; at repeatable read it waits, fails,
 * and has to be tried again. Used by one thread.
 */
final class TwoSessions implements AutoCloseable {
  private static final int ROUNDS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String COUNT_UP =
      "update tweet.message set rts = rts + 1 where messageid = 1";

  private final Connection first;
  private final Connection second;
  private final PreparedStatement blocked;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private int waited;
  private int failed;
  private int retried;

  private TwoSessions(TweetDatabase database, Isolation isolation) throws SQLException {
    this.first = begin(database, isolation);
    this.second = begin(database, isolation);
    this.blocked =
        database.connect().prepareStatement("select cardinality(pg_blocking_pids(?)) > 0");
    blocked.setInt(1, second.unwrap(PGConnection.class).getBackendPID());
  }

  private static Connection begin(TweetDatabase database, Isolation isolation) throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(isolation.level());
    return connection;
  }

  /** What became of the second session's updates, and what the row has in the end. */
  static List<Fact> run(TweetDatabase database, Isolation isolation)
      throws SQLException, InterruptedException {
    long before = database.ask("select rts from tweet.message where messageid = 1");
    try (TwoSessions sessions = new TwoSessions(database, isolation)) {
      for (int i = 0; i < ROUNDS; i++) {
        sessions.collide();
      }
      long after = database.ask("select rts from tweet.message where messageid = 1");
      return sessions.facts(isolation, after - before);
    }
  }

  private List<Fact> facts(Isolation isolation, long counted) {
    String key = isolation.name().toLowerCase(Locale.ROOT);
    String level = key.replace('_', ' ');
    return List.of(
        Fact.ours(key + "_waited", level + ": updates that waited", ROUNDS, waited),
        Fact.ours(key + "_failed", level + ": then failed", ROUNDS, failed),
        Fact.ours(key + "_retried", level + ": then were tried again", ROUNDS, retried),
        Fact.ours(
            key + "_counted", level + ": both sessions' updates in the row", 2L * ROUNDS, counted));
  }

  private void collide() throws SQLException, InterruptedException {
    countUp(first);
    Future<Boolean> later = thread.submit(() -> isDone());
    Patience.until("the second session waits for the first", PATIENCE, 1, this::isBlocked);
    waited++;
    first.commit();
    if (!result(later)) {
      failed++;
      retried += isDone() ? 1 : 0;
    }
  }

  /** Whether the second session's transaction is committed. */
  private boolean isDone() throws SQLException {
    try {
      countUp(second);
      second.commit();
      return true;
    } catch (SQLException e) {
      second.rollback();
      if (SERIALIZATION_FAILURE.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private boolean isBlocked() throws SQLException {
    try (ResultSet row = blocked.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void countUp(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(COUNT_UP);
    }
  }

  private static boolean result(Future<Boolean> later) throws SQLException, InterruptedException {
    try {
      return later.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IllegalStateException("The second session ended", e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    // The first releases the second, should that still wait.
    first.close();
    thread.shutdown();
    second.close();
    blocked.getConnection().close();
  }
}
