package dev.puck.consumer.resync;

import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.consumer.projection.StalledException;
import dev.puck.event.Snapshot;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a projection must be, as a query on the source database. Thread-safe. */
public final class Truth {
  private static final int ROWS_AT_ONCE = 5_000;
  private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

  private static final String OF_KEYS =
      " where truth.key::text = any(array(select jsonb_array_elements_text("
          + "current_setting('puck.keys')::jsonb)))";

  /** Of a query's faults, which nobody can wait for to pass. */
  private static final List<String> FAULTS = List.of("22", "42", "25", "0A");

  /** No such schema, no such function, no right to it. */
  private static final Set<String> NO_TOKENS = Set.of("3F000", "42883", "42501");

  private final Postgres source;
  private final String query;

  public Truth(Postgres source, String query) {
    this.source = source;
    this.query =
        "select to_jsonb(truth)::text from ("
            + query.strip().replaceFirst(";\\s*$", "")
            + "\n) as truth";
  }

  /**
   * Asks the source whether it understands the query.
   *
   * @throws ConfigException if it does not
   * @throws TransientException if it is away
   */
  public void check() {
    // Not prepared: the query may use PostgreSQL's operator ?, which is no parameter.
    try (Connection connection = source.connect();
        Statement select = connection.createStatement()) {
      select.execute(query + " limit 0");
    } catch (SQLException e) {
      throw new ConfigException(refusal(e), e);
    }
  }

  /**
   * Reads all rows, each as a JSON object, on one snapshot.
   *
   * @param begin told of the snapshot before the first row
   * @throws StalledException if the query fails by its own fault, or the source is a replica
   * @throws TransientException if the source is away
   */
  public SourceSnapshot read(Consumer<SourceSnapshot> begin, Consumer<List<String>> rows) {
    try (Connection connection = source.connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      SourceSnapshot snapshot = snapshot(connection);
      begin.accept(snapshot);
      readRows(connection, rows);
      connection.rollback();
      return snapshot;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * The rows of some keys as they are now, each as a JSON object.
   *
   * @throws StalledException if the query fails by its own fault
   * @throws TransientException if the source is away, or does not answer in a few seconds
   */
  public List<String> find(Collection<String> keys) {
    try (Connection connection = source.connect();
        Statement select = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      ask(connection, keys);
      List<String> rows = new ArrayList<>();
      try (ResultSet result = select.executeQuery(query + OF_KEYS)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      connection.rollback();
      return rows;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Notes for the transaction whom it asks for, and how long it may take. */
  private static void ask(Connection connection, Collection<String> keys) throws SQLException {
    try (PreparedStatement note =
        connection.prepareStatement(
            "select set_config('puck.keys', to_jsonb(?)::text, true),"
                + " set_config('statement_timeout', ?, true)")) {
      note.setArray(1, connection.createArrayOf("text", keys.toArray()));
      note.setString(2, Long.toString(READ_PATIENCE.toMillis()));
      note.execute();
    }
  }

  /**
   * Where the source's history is: changes when a standby was promoted, whose clients may have seen
   * what it never had.
   *
   * @throws TransientException if the source is away
   */
  public String lineage() {
    try (Connection connection = source.connect()) {
      requirePrimary(connection);
      return Query.one(
          connection,
          "select left(pg_walfile_name(pg_current_wal_lsn()), 8)",
          row -> row.getString(1));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /**
   * The source's history is still the one that it was.
   *
   * @throws TransientException if it is not
   */
  public void requireSame(String lineage) {
    String now = lineage();
    if (!now.equals(lineage)) {
      throw new TransientException(
          "The source failed over (timeline "
              + lineage
              + ", now "
              + now
              + "); what was read from it before is read again.");
    }
  }

  /**
   * A token of a transaction of its own: once that is published, everything is that was committed
   * before.
   *
   * @return empty if the source has no {@code puck.token()}, or does not let us call it
   * @throws TransientException if the source is away
   */
  public Optional<String> token() {
    try (Connection connection = source.connect()) {
      return Optional.of(
          Query.one(connection, "select puck.token()::text", row -> row.getString(1)));
    } catch (SQLException e) {
      if (NO_TOKENS.contains(PostgresFailure.stateOf(e))) {
        return Optional.empty();
      }
      throw failure(e);
    }
  }

  private void requirePrimary(Connection connection) throws SQLException {
    if (Query.one(connection, "select pg_is_in_recovery()", row -> row.getBoolean(1))) {
      throw new StalledException(
          "PostgreSQL at "
              + source.config().address()
              + " is a replica, whose snapshots may miss what Kafka has already; let"
              + " consumer.source be the primary.",
          new IllegalStateException());
    }
  }

  private static SourceSnapshot snapshot(Connection connection) throws SQLException {
    return Query.one(
        connection,
        "select pg_current_snapshot()::text, (extract(epoch from clock_timestamp()) * 1e6)::bigint",
        row -> new SourceSnapshot(Snapshot.parse(row.getString(1)), row.getLong(2)));
  }

  private void readRows(Connection connection, Consumer<List<String>> rows) throws SQLException {
    try (Statement select = connection.createStatement()) {
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet result = select.executeQuery(query)) {
        List<String> some = new ArrayList<>(ROWS_AT_ONCE);
        while (result.next()) {
          some.add(result.getString(1));
          if (some.size() == ROWS_AT_ONCE) {
            rows.accept(List.copyOf(some));
            some.clear();
          }
        }
        if (!some.isEmpty()) {
          rows.accept(some);
        }
      }
    }
  }

  private RuntimeException failure(SQLException e) {
    String state = PostgresFailure.stateOf(e);
    return state.length() == 5 && FAULTS.contains(state.substring(0, 2))
        ? new StalledException(refusal(e), e)
        : PostgresFailure.working(source.config(), "the truth query", e);
  }

  private String refusal(SQLException e) {
    return "PostgreSQL at "
        + source.config().address()
        + " refuses the truth query: "
        + e.getMessage()
        + ". Correct the query, or grant what it reads to user '"
        + source.config().user()
        + "'.";
  }
}
