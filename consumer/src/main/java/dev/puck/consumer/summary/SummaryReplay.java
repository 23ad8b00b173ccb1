package dev.puck.consumer.summary;

import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.database.ResyncLog;
import dev.puck.consumer.database.SetAsideRepository;
import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.Reached;
import dev.puck.consumer.projection.Replayed;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.consumer.projection.Standing;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event that was set aside to a summary's statement, and notes that in the same
 * transaction: so it is counted once, whoever asks for it how often.
 */
final class SummaryReplay {
  private final OffsetRepository offsets;
  private final SetAsideRepository setAside;
  private final ResyncLog resyncs;
  private final SummaryStatement statement;

  SummaryReplay(OffsetRepository offsets, ResyncLog resyncs, SummaryStatement statement) {
    this.offsets = offsets;
    this.setAside = offsets.setAside();
    this.resyncs = resyncs;
    this.statement = statement;
  }

  /**
   * Works in the caller's transaction.
   *
   * @throws dev.puck.consumer.projection.PoisonEventException if it is refused again; the
   *     transaction is to be rolled back
   */
  Replayed run(Connection connection, IncomingEvent event) throws SQLException {
    // A table that is being built anew is without it, and takes the place of this one.
    if (!resyncs.tryShareLock(connection)) {
      throw new TransientException(
          "The summary is being built anew; replay when that is done, if it is needed then.");
    }
    EventPlace place = EventPlace.of(event);
    Standing standing = setAside.lock(connection, place);
    if (standing != Standing.DEAD) {
      return Replayed.nothing(standing);
    }
    boolean covered = isCovered(connection, event);
    if (!covered) {
      apply(connection, event);
    }
    setAside.markReplayed(connection, place);
    return covered ? Replayed.COVERED : Replayed.APPLIED;
  }

  private boolean isCovered(Connection connection, IncomingEvent event) throws SQLException {
    @Nullable Reached reached = offsets.read(connection).get(event.partition());
    @Nullable SourceSnapshot truth = reached == null ? null : reached.truth();
    return truth != null && truth.covers(event);
  }

  private void apply(Connection connection, IncomingEvent event) throws SQLException {
    List<BisectingStatement.Refused> refused =
        new BisectingStatement(statement).apply(connection, List.of(statement.payload(event)));
    if (!refused.isEmpty()) {
      throw refused.get(0).why();
    }
  }
}
