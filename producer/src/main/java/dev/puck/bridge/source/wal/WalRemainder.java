package dev.puck.bridge.source.wal;

import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import dev.puck.bridge.source.SourceListener;
import dev.puck.service.connection.Postgres;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a slot has up to a place in the WAL. Starting states stay where they are. */
public final class WalRemainder implements Remainder {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final WalSource source;
  private final long until;
  private final Position from;
  private Position reached;

  private WalRemainder(WalSource source, long until, Position from) {
    this.source = source;
    this.until = until;
    this.from = from;
    this.reached = from;
  }

  /**
   * Connects.
   *
   * @param areEndsTold whether it is told where a transaction that has changes ends
   * @throws dev.puck.service.config.ConfigException if some of it is lost, or the position is not
   *     one of this database
   * @throws dev.puck.service.retry.TransientException if PostgreSQL is away
   */
  public static WalRemainder open(
      Postgres postgres,
      WalConfig config,
      String slot,
      boolean areEndsTold,
      Position from,
      Boundary until) {
    WalSource source =
        new WalSource(
            postgres,
            new WalConfig(
                slot,
                config.publication(),
                OnGap.STOP,
                config.losslessFailover(),
                false,
                config.nonTransactionalMessages()),
            slot,
            // So that it tells at once that nothing comes up to there.
            Duration.ZERO,
            areEndsTold,
            new BoundedRules(until.lsn()),
            Milestones.UNHEARD,
            SourceListener.UNHEARD);
    try {
      return new WalRemainder(source, until.lsn(), source.start(from));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public Position from() {
    return from;
  }

  @Override
  public Optional<Batch> next() {
    while (Lsn.isBefore(WalPosition.of(reached).place().lsn(), until)) {
      Batch batch = source.poll(PATIENCE);
      @Nullable Position after = batch.position();
      if (after == null) {
        throw new IllegalStateException("Without starting states every batch has a position");
      }
      reached = after;
      if (!batch.isEmpty()) {
        return Optional.of(batch);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    source.close();
  }
}
