package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceAdministration;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartingState;
import dev.puck.event.Snapshot;
import dev.puck.service.connection.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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
    Map<Integer, StartingState> started = new HashMap<>();
    Connection connection = session.connection();
    try (PreparedStatement statement = connection.prepareStatement("select id from puck.watched");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        started.put(row.getInt(1), StartingState.DONE);
      }
    }
    session.end();
    return started;
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
