package dev.puck.bridge.source.outbox;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import dev.puck.bridge.source.SourceListener;
import dev.puck.event.Snapshot;
import dev.puck.service.connection.Postgres;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What an outbox has up to a snapshot. Starting states stay where they are. Needs that all that the
 * snapshot sees can be seen by everybody.
 */
public final class OutboxRemainder implements Remainder {
  private final Postgres postgres;
  private final OutboxSession session;
  private final OutboxReader reader;
  private final Position from;
  private OutboxPosition position;

  private OutboxRemainder(
      Postgres postgres, OutboxSession session, OutboxReader reader, OutboxPosition position) {
    this.postgres = postgres;
    this.session = session;
    this.reader = reader;
    this.from = position.toPosition();
    this.position = position;
  }

  /**
   * Connects.
   *
   * @param areEndsTold whether it is told where a transaction ends
   * @param from which the snapshot covers
   * @throws dev.puck.service.config.ConfigException if it is not the bridge's outbox, or not the
   *     position's
   * @throws dev.puck.service.retry.TransientException if PostgreSQL is away
   */
  public static OutboxRemainder open(
      Postgres postgres,
      OutboxConfig config,
      OutboxOwner owner,
      boolean areEndsTold,
      Position from,
      Snapshot until) {
    OutboxCheck check = new OutboxCheck(postgres.config(), owner, config.losslessFailover());
    BoundedRules rules = new BoundedRules(until);
    try {
      OutboxSession session = OutboxSession.open(postgres, check, rules, SourceListener.UNHEARD);
      try {
        OutboxPosition position = check.beginning(session, OutboxPosition.of(from));
        OutboxReader reader =
            new OutboxReader(
                withoutStartingState(config),
                areEndsTold,
                rules,
                Milestones.UNHEARD,
                SourceListener.UNHEARD);
        reader.begin(position);
        return new OutboxRemainder(postgres, session, reader, position);
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw OutboxFailure.of(postgres.config(), "opening the outbox", e);
    }
  }

  @Override
  public Position from() {
    return from;
  }

  @Override
  public Optional<Batch> next() {
    try {
      while (true) {
        OutboxReader.Step step = reader.read(session, position);
        position = step.position();
        if (!step.batch().isEmpty()) {
          return Optional.of(step.batch());
        }
        if (step.found() == 0 && !reader.hasMore(position)) {
          return Optional.empty();
        }
      }
    } catch (SQLException e) {
      throw OutboxFailure.of(postgres.config(), "reading the outbox", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw OutboxFailure.of(postgres.config(), "closing the connection", e);
    }
  }

  private static OutboxConfig withoutStartingState(OutboxConfig config) {
    return new OutboxConfig(
        config.wake(),
        config.pollInterval(),
        config.fallbackInterval(),
        config.rotationInterval(),
        false,
        config.losslessFailover());
  }
}
