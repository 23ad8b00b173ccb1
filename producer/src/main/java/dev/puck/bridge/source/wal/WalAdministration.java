package dev.puck.bridge.source.wal;

import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceAdministration;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An operator's decisions about a slot. Not thread-safe. */
public final class WalAdministration implements SourceAdministration {
  private final Postgres postgres;
  private final String slot;
  private final String publication;
  private final Connection connection;
  private final WalDatabase database;

  private WalAdministration(
      Postgres postgres,
      String slot,
      String publication,
      Connection connection,
      WalDatabase database) {
    this.postgres = postgres;
    this.slot = slot;
    this.publication = publication;
    this.connection = connection;
    this.database = database;
  }

  /**
   * Connects.
   *
   * @throws ConfigException if the server cannot decode, or there is no publication
   * @throws dev.puck.service.retry.TransientException if PostgreSQL is away
   */
  public static WalAdministration open(Postgres postgres, WalConfig config, String slot) {
    try (WalStream stream = WalStream.connect(postgres)) {
      WalDatabase database = stream.identify().database();
      Connection connection = postgres.connect();
      WalAdministration opened =
          new WalAdministration(postgres, slot, config.publication(), connection, database);
      opened.require(new WalCheck(postgres.config(), slot, config.publication()));
      return opened;
    } catch (SQLException e) {
      throw WalFailure.of(postgres.config(), "looking at the slot", e);
    }
  }

  /** Where the slot was confirmed: PostgreSQL does not send what comes before that. */
  @Override
  public Position earliest() {
    return asking(
        () -> {
          SlotState found =
              SlotState.find(connection, slot)
                  .filter(state -> !state.isLost())
                  .orElseThrow(
                      () ->
                          new ConfigException(
                              "There is no slot '"
                                  + slot
                                  + "' at "
                                  + postgres.config().address()
                                  + " to begin at, or it is lost. Drop it if it is there, and run:"
                                  + " puck init --source wal"));
          return at(found.confirmed());
        });
  }

  /** Drops the slot if it is there; ends a session of ours that still makes it or reads it. */
  public void dropSlot() {
    asking(
        () -> {
          WalSlot present = new WalSlot(connection, slot);
          present.evictAndWait(postgres.applicationName());
          present.drop();
          return "";
        });
  }

  @Override
  public Position now() {
    return asking(() -> WalPosition.beginning(flushed(), database).with(allStarted()).toPosition());
  }

  /**
   * Where a slot begins.
   *
   * @param complete tables, by their oids, whose starting states are not to be read
   */
  public Position after(Boundary boundary, Set<Long> complete) {
    return asking(
        () -> {
          Map<String, StartingState> states =
              StartingTable.of(connection, publication).stream()
                  .filter(table -> complete.contains(table.oid()))
                  .collect(Collectors.toMap(StartingTable::id, table -> StartingState.DONE));
          return WalPosition.beginning(boundary.lsn(), database)
              .at(WalPlace.at(boundary.lsn()), boundary.through())
              .with(states)
              .toPosition();
        });
  }

  /** The published tables, by their oids. */
  public Set<Long> publishedTables() {
    return asking(
        () ->
            StartingTable.of(connection, publication).stream()
                .map(StartingTable::oid)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** The published tables, by their oids, whose starting states the position has. */
  public Set<Long> complete(Position position) {
    Map<String, StartingState> states = WalPosition.of(position).tables();
    return asking(
        () ->
            StartingTable.of(connection, publication).stream()
                .filter(table -> StartingTables.stateOf(table, states).done())
                .map(StartingTable::oid)
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Position adopted(Position position) {
    return WalPosition.of(position).in(database).toPosition();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw WalFailure.of(postgres.config(), "closing the connection", e);
    }
  }

  private void require(WalCheck check) throws SQLException {
    try {
      check.requireServer(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private long flushed() throws SQLException {
    return Lsn.parse(
        Query.one(connection, "select pg_current_wal_flush_lsn()::text", row -> row.getString(1)));
  }

  private Map<String, StartingState> allStarted() throws SQLException {
    return StartingTable.of(connection, publication).stream()
        .collect(Collectors.toMap(StartingTable::id, table -> StartingState.DONE));
  }

  private Position at(long lsn) {
    return WalPosition.beginning(lsn, database).toPosition();
  }

  private <T> T asking(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw WalFailure.of(postgres.config(), "looking at the slot", e);
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }
}
