package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceAdministration;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartingState;
import dev.puck.event.Snapshot;
import dev.puck.service.connection.Postgres;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An operator's decisions about an outbox that no bridge reads at the moment. Not thread-safe. */
public final class OutboxAdministration implements SourceAdministration {
  private final Postgres postgres;
  private final OutboxCheck check;
  private final OutboxSession session;

  private OutboxAdministration(Postgres postgres, OutboxCheck check, OutboxSession session) {
    this.postgres = postgres;
    this.check = check;
    this.session = session;
  }

  /**
   * Connects.
   *
   * @throws dev.puck.service.config.ConfigException if the schema is missing
   * @throws dev.puck.service.retry.TransientException if PostgreSQL is away
   */
  public static OutboxAdministration open(Postgres postgres, OutboxOwner owner) {
    OutboxCheck check = new OutboxCheck(postgres.config(), owner, true);
    try {
      return new OutboxAdministration(
          postgres,
          check,
          OutboxSession.open(postgres, check, new SnapshotRules(), new SourceListener() {}));
    } catch (SQLException e) {
      throw OutboxFailure.of(postgres.config(), "opening the outbox", e);
    }
  }

  /** The position before everything that the outbox has, and all starting states. */
  @Override
  public Position earliest() {
    return asking(() -> OutboxPosition.earliest(session.stamp()).toPosition());
  }

  /** The position after everything that the outbox has, and without starting states. */
  @Override
  public Position now() {
    return asking(
        () -> {
          Snapshot covered = session.upToNow(Snapshot.NOTHING);
          return OutboxPosition.earliest(session.stamp())
              .at(covered, session.stamp())
              .with(allStarted())
              .toPosition();
        });
  }

  /**
   * The same place in the database as it is now, after a restore or a failover that lost nothing.
   */
  @Override
  public Position adopted(Position position) {
    return asking(() -> OutboxPosition.of(position).in(session.stamp()).toPosition());
  }

  /**
   * The position after all that a snapshot sees.
   *
   * @param complete tables, by their oids, whose starting states are not to be read
   */
  public Position after(Snapshot snapshot, Set<Long> complete) {
    return asking(
        () ->
            OutboxPosition.earliest(session.stamp())
                .at(snapshot, session.stamp())
                .with(done(complete))
                .toPosition());
  }

  /** The tables, by their oids, whose starting states the position has, or does not want. */
  public Set<Long> complete(Position position) {
    Map<Integer, StartingState> states = OutboxPosition.of(position).tables();
    return asking(
        () -> {
          Map<Integer, Long> watched = watched();
          watched.keySet().removeIf(id -> !isDone(states.get(id)));
          return Set.copyOf(watched.values());
        });
  }

  /** The tables that are watched, by their oids. */
  public Set<Long> watchedTables() {
    return asking(() -> Set.copyOf(watched().values()));
  }

  /**
   * Sees that the bridge may read it, as one that begins.
   *
   * @throws dev.puck.service.config.ConfigException if it is another one's, or a copy
   */
  public void requireReadable() {
    asking(
        () -> {
          check.requireReadable(session);
          return "";
        });
  }

  /**
   * Notes that it is the bridge's.
   *
   * @throws dev.puck.service.config.ConfigException if it is another one's
   */
  public void own() {
    asking(
        () -> {
          check.own(session);
          return "";
        });
  }

  /** Makes the bridge the outbox's owner, and the database the original. */
  @Override
  public void adopt() {
    asking(
        () -> {
          check.adopt(session);
          return "";
        });
  }

  /** Whose outbox it is, in words; empty: nobody's yet. */
  @Override
  public Optional<String> owner() {
    return asking(() -> OutboxCheck.owner(session).map(OutboxOwner::text));
  }

  /** How many rows the position does not cover. */
  @Override
  public OptionalLong waiting(Position position) {
    return asking(() -> OptionalLong.of(session.count(OutboxPosition.of(position).covered())));
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw OutboxFailure.of(postgres.config(), "closing the connection", e);
    }
  }

  private Map<Integer, StartingState> allStarted() throws SQLException {
    return done(Set.copyOf(watched().values()));
  }

  private Map<Integer, StartingState> done(Set<Long> tables) throws SQLException {
    Map<Integer, StartingState> states = new HashMap<>();
    watched()
        .forEach(
            (id, oid) -> {
              if (tables.contains(oid)) {
                states.put(id, StartingState.DONE);
              }
            });
    return states;
  }

  /** Oids of the watched tables, by the watch's id. */
  private Map<Integer, Long> watched() throws SQLException {
    Map<Integer, Long> watched = new HashMap<>();
    try (PreparedStatement statement =
            session
                .connection()
                .prepareStatement("select id, relation::oid::bigint from puck.watched");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        watched.put(row.getInt(1), row.getLong(2));
      }
    }
    session.end();
    return watched;
  }

  private static boolean isDone(@Nullable StartingState state) {
    return state != null && state.done();
  }

  private <T> T asking(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw OutboxFailure.of(postgres.config(), "asking the outbox", e);
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }
}
