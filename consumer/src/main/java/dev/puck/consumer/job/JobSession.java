package dev.puck.consumer.job;

import dev.puck.consumer.database.DatabaseFailure;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work in a session of its own, which holds the job's lock as long as it lives: PostgreSQL
 * itself lets no second one run, whatever processes believe of each other. Thread-safe.
 */
final class JobSession {
  /** The lock's number, in SQL; the job's name is its parameter. */
  static final String LOCK = "hashtextextended('puck_consumer.job ' || ?, 0)";

  private static final Logger LOGGER = LoggerFactory.getLogger(JobSession.class);
  private static final String QUERY_CANCELED = "57014";

  /** The server ends the statement by itself; only one that cannot be heard from needs this. */
  private static final Duration NETWORK_PATIENCE = Duration.ofMinutes(1);

  private final Postgres postgres;
  private final Set<Statement> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;

  JobSession(Postgres postgres) {
    this.postgres = postgres;
  }

  /** What happens around a run, while the lock is held. */
  interface Witness {
    /** It begins. */
    void begin() throws SQLException;

    /** It has ended. */
    void end(Result result) throws SQLException;
  }

  /**
   * Runs the work, unless another session does.
   *
   * @return what came of it; empty if another session runs the job
   * @throws SQLException if the lock cannot be asked for, or the witness fails
   * @throws dev.puck.service.retry.TransientException if the database is away
   */
  Optional<Result> run(String job, Work work, Duration timeout, Witness witness)
      throws SQLException {
    Map<String, String> patience =
        Map.of("socketTimeout", Long.toString(timeout.plus(NETWORK_PATIENCE).toSeconds()));
    try (Connection connection = postgres.connect(patience);
        Statement statement = connection.createStatement()) {
      if (!lock(connection, job)) {
        return Optional.empty();
      }
      statement.setEscapeProcessing(false); // braces are the user's own
      limit(statement, timeout);
      witness.begin();
      Result result = attempt(work, statement, timeout);
      witness.end(result);
      return Optional.of(result);
    }
  }

  /** Cancels what runs here, and lets nothing begin any more. */
  void close() {
    closing = true;
    for (Statement statement : running) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        LOGGER.atWarn().addKeyValue("error", e.toString()).log("Job not cancelled");
      }
    }
  }

  private Result attempt(Work work, Statement statement, Duration timeout) {
    long begun = System.nanoTime();
    running.add(statement);
    try {
      if (closing) {
        return Result.ended(Outcome.CANCELLED, null, "the consumer was stopped");
      }
      return work.run(statement);
    } catch (SQLException e) {
      return failed(e, Duration.ofNanos(System.nanoTime() - begun).compareTo(timeout) >= 0);
    } finally {
      running.remove(statement);
    }
  }

  private Result failed(SQLException e, boolean late) {
    String state = PostgresFailure.stateOf(e);
    Outcome outcome = Outcome.FAILED;
    if (state.equals(QUERY_CANCELED)) {
      outcome = late ? Outcome.TIMED_OUT : Outcome.CANCELLED;
    }
    return Result.ended(outcome, state.isEmpty() ? null : state, DatabaseFailure.text(e));
  }

  private static boolean lock(Connection connection, String job) throws SQLException {
    return Query.one(
        connection, "select pg_try_advisory_lock(" + LOCK + ")", row -> row.getBoolean(1), job);
  }

  private static void limit(Statement statement, Duration timeout) throws SQLException {
    statement.execute("set statement_timeout = " + timeout.toMillis());
    try {
      // So that PostgreSQL ends the statement, and with it the lock, of a process that was killed.
      statement.execute("set client_connection_check_interval = '2s'");
    } catch (SQLException e) {
      // Not on every platform; then the statement runs to its end, or to its timeout.
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("No check of the connection");
    }
  }
}
