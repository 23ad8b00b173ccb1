package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.SourceListener;
import dev.puck.event.Snapshot;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PromptSocketFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * One connection to the outbox. Every method but {@link #backlog} ends its transaction. Owned by
 * one thread.
 */
final class OutboxSession implements WakeUp.Bell, AutoCloseable {
  private static final String WAKE_CHANNEL = "puck_wake";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BACKLOG_PATIENCE = Duration.ofHours(1);

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "socketTimeout", Long.toString(PATIENCE.toSeconds()),
          "socketFactory", PromptSocketFactory.class.getName(),
          "prepareThreshold", "1");

  private static final String STAMP =
      """
      select i.installation::text, i.system_identifier::text,
             ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint,
             pg_current_wal_flush_lsn()::text
        from puck.identity() as i
      """;

  /** How far all goes that is new, as of {@link OutboxRules#after}. */
  private static final String NEW_BATCH =
      """
      select pg_current_snapshot()::text, round(date_part('epoch', now()) * 1000000)::bigint,
             (select max(largest.xid::text::bigint)
                from ((select o.xid from puck.outbox_0 as o where %1$s order by o.xid desc limit 1)
                      union all
                      (select o.xid from puck.outbox_1 as o where %1$s order by o.xid desc limit 1)
                      union all
                      (select o.xid from puck.outbox_2 as o where %1$s order by o.xid desc limit 1)
                     ) as largest),
             (select max(o.id) from %2$s as o where %1$s)
      """;

  private static final int CONDITIONS = 4;

  private final Connection connection;
  private final PGConnection notifications;
  private final OutboxQuery query;
  private final Captures captures;
  private final OutboxRules rules;

  private OutboxSession(Connection connection, OutboxRules rules, SourceListener listener)
      throws SQLException {
    this.connection = connection;
    this.rules = rules;
    this.notifications = connection.unwrap(PGConnection.class);
    this.captures = new Captures(connection, listener);
    this.query = new OutboxQuery(connection, rules, captures);
  }

  /** Connects, and sees that there is an outbox to read. */
  static OutboxSession open(
      Postgres postgres, OutboxCheck check, OutboxRules rules, SourceListener listener)
      throws SQLException {
    Connection connection = postgres.connect(PROPERTIES);
    try (Statement statement = connection.createStatement()) {
      check.requireSchema(connection);
      // A parallel plan gives nothing to a cursor.
      statement.execute("set max_parallel_workers_per_gather = 0");
      // By its index also while the statistics say that the tables are empty.
      statement.execute("set enable_seqscan = off");
      // To PostgreSQL before 18 a scan without an index seems dear then, and worth compiling each
      // time: for half a second.
      statement.execute("set jit = off");
      statement.execute("set work_mem = '32MB'");
      // A process that was stopped must not keep for ever what its transaction locked.
      statement.execute("set idle_in_transaction_session_timeout = '3s'");
      statement.execute("listen " + WAKE_CHANNEL);
      connection.setAutoCommit(false);
      return new OutboxSession(connection, rules, listener);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** What the position does not cover. */
  ReadResult look(Snapshot covered) throws SQLException {
    ReadResult result = query.look(covered);
    connection.commit();
    return result;
  }

  /** The same, in a transaction that goes on with the same snapshot until {@link #end}. */
  ReadResult lookAndStay(Snapshot covered) throws SQLException {
    repeatableRead();
    return query.look(covered);
  }

  /** Ends the transaction of {@link #lookAndStay} or {@link #backlog}. */
  void end() throws SQLException {
    connection.rollback();
    patience(PATIENCE);
  }

  /**
   * The whole batch, in a transaction that lasts until {@link #end}.
   *
   * @param unfinished where a previous reader of the same batch came to; null: a new batch
   * @param areEndsTold whether it is told where a transaction ends
   */
  Backlog backlog(
      Snapshot covered, OutboxPosition.@Nullable Unfinished unfinished, boolean areEndsTold)
      throws SQLException {
    // Much is sorted before the first row comes, and giving up would help nobody.
    patience(BACKLOG_PATIENCE);
    repeatableRead();
    withoutNestedLoops();
    return Backlog.open(
        connection,
        rules,
        captures,
        unfinished == null
            ? newBatch(covered)
            : new Backlog.Bounds(covered, unfinished.to(), unfinished.rank(), null),
        areEndsTold);
  }

  /** What rows were captured as. */
  Captures captures() {
    return captures;
  }

  /** For statements of {@link StartingStateReader} in the transaction of {@link #lookAndStay}. */
  Connection connection() {
    return connection;
  }

  /** The database as it is now. */
  DatabaseStamp stamp() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STAMP)) {
      row.next();
      return new DatabaseStamp(
          row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
    } finally {
      connection.rollback();
    }
  }

  /** What can be seen now. */
  Snapshot snapshot() throws SQLException {
    return Snapshot.parse(ask("select pg_current_snapshot()::text").orElseThrow());
  }

  /** Waits for a notification, at most that long; whether one came, now or since the last time. */
  @Override
  public boolean awaitNotification(Duration patience) throws SQLException {
    // One millisecond is what the socket takes for the driver's probe, and fails at once.
    PGNotification @Nullable [] arrived =
        notifications.getNotifications((int) Math.max(2, patience.toMillis()));
    return arrived != null && arrived.length > 0;
  }

  /** Runs a statement in a transaction of its own; its one value as text, if it has one. */
  @Override
  public Optional<String> ask(String sql) throws SQLException {
    return alone(() -> text(sql));
  }

  /** Work on {@link #connection}. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Runs one statement that is its own transaction: it ends in PostgreSQL, with its locks, also if
   * this process is stopped before it hears of that.
   */
  <T> T alone(Work<T> work) throws SQLException {
    connection.setAutoCommit(true);
    try {
      return work.run();
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(false);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void patience(Duration longest) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) longest.toMillis());
  }

  private void repeatableRead() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
      // Longer, as it may wait for Kafka; nobody waits for a lock of it.
      statement.execute("set local idle_in_transaction_session_timeout = '60s'");
    }
  }

  /** How many rows the position does not cover. */
  long count(Snapshot covered) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select count(*) from " + OutboxCursor.OUTBOX + " as o where " + rules.uncovered())) {
      OutboxQuery.bind(statement, 1, covered);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } finally {
      connection.rollback();
    }
  }

  /** The position after all that the outbox has beyond this one. */
  Snapshot upToNow(Snapshot covered) throws SQLException {
    try {
      return newBatch(covered).to();
    } finally {
      connection.rollback();
    }
  }

  /** Nobody has counted the outbox's rows, so the planner believes that there are few. */
  private void withoutNestedLoops() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local enable_nestloop = off");
    }
  }

  private Backlog.Bounds newBatch(Snapshot covered) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(NEW_BATCH.formatted(rules.uncovered(), OutboxCursor.OUTBOX))) {
      int next = 1;
      for (int condition = 1; condition <= CONDITIONS; condition++) {
        next = OutboxQuery.bind(statement, next, covered);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Snapshot seen = Snapshot.parse(row.getString(1));
        Snapshot to = rules.after(covered, seen, row.getLong(3), row.getLong(4));
        return new Backlog.Bounds(covered, to, null, OutboxQuery.instant(row.getLong(2)));
      }
    }
  }

  private Optional<String> text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }
}
