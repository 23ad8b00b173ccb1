package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Boundary;
import dev.puck.event.Snapshot;
import dev.puck.service.connection.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Makes a slot whose beginning is a {@link Boundary}: PostgreSQL sends what its snapshot does not
 * see, and nothing else. Waits for the transactions that are running, for as long as they take;
 * until then another thread can {@link #close} it, and then there is no slot. Other than that,
 * owned by one thread.
 */
public final class BoundarySlot implements AutoCloseable {
  private static final int FAILOVER_SINCE = 17;

  /** No time-out: transactions may take long, and the slot would be left behind. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "replication", "database",
          "assumeMinServerVersion", "14",
          "preferQueryMode", "simple",
          "socketTimeout", "0");

  private final Postgres postgres;
  private final Connection connection;

  private BoundarySlot(Postgres postgres, Connection connection) {
    this.postgres = postgres;
    this.connection = connection;
  }

  /**
   * Connects; nothing is made yet.
   *
   * @throws dev.puck.service.config.ConfigException if the server refuses it
   * @throws dev.puck.service.retry.TransientException if PostgreSQL is away
   */
  public static BoundarySlot connect(Postgres postgres) {
    return new BoundarySlot(postgres, postgres.connect(PROPERTIES));
  }

  /**
   * Makes a slot that stays.
   *
   * @throws dev.puck.service.config.ConfigException if there is no room for it, or no right to it
   */
  public Boundary make(String slot) {
    return asking(() -> make(slot, ""));
  }

  /** Makes one that goes when this is closed, for its boundary alone. */
  public Boundary makeTemporary(String slot) {
    return asking(() -> make(slot, "TEMPORARY"));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw WalFailure.of(postgres.config(), "closing the connection", e);
    }
  }

  private Boundary make(String slot, String temporary) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Instant through = Instant.EPOCH.plus(micros(statement), ChronoUnit.MICROS);
      // The command must be the first of the transaction whose snapshot it gives.
      statement.execute("begin read only isolation level repeatable read");
      long lsn = create(statement, slot, temporary);
      Snapshot snapshot = snapshot(statement);
      statement.execute("commit");
      return new Boundary(snapshot, lsn, through);
    }
  }

  private long create(Statement statement, String slot, String temporary) throws SQLException {
    boolean failsOver =
        temporary.isEmpty() && connection.getMetaData().getDatabaseMajorVersion() >= FAILOVER_SINCE;
    String create =
        "CREATE_REPLICATION_SLOT \"%s\" %s LOGICAL pgoutput %s"
            .formatted(slot, temporary, failsOver ? "(SNAPSHOT 'use', FAILOVER)" : "USE_SNAPSHOT");
    try (ResultSet row = statement.executeQuery(create)) {
      row.next();
      return Lsn.parse(row.getString("consistent_point"));
    }
  }

  private static Snapshot snapshot(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select pg_current_snapshot()::text")) {
      row.next();
      return Snapshot.parse(row.getString(1));
    }
  }

  private static long micros(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "select round(date_part('epoch', clock_timestamp()) * 1000000)::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  private Boundary asking(Question question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw WalFailure.of(postgres.config(), "making a slot", e);
    }
  }

  @FunctionalInterface
  private interface Question {
    Boundary ask() throws SQLException;
  }
}
