package dev.puck.bridge.source.outbox;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.SourceListener;
import dev.puck.event.Snapshot;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next batch after a position: all that is new; of too much, a part; and as long as
 * tables have a starting state to read, a range of it. Owned by the reader's thread.
 */
final class OutboxReader {
  private final OutboxRules rules;
  private final @Nullable StartingStateReader startingState;
  private final boolean areEndsTold;
  private final BacklogReader backlog;
  private @Nullable OutboxChanges changes;

  /** Just before the last look; null: on this connection there was none. */
  private @Nullable Instant lastLook;

  /** Of what happened before, nothing is left to read. */
  private Instant through = Instant.EPOCH;

  private boolean isStarting;

  /**
   * @param areEndsTold whether it is told where a transaction ends
   */
  OutboxReader(
      OutboxConfig config,
      boolean areEndsTold,
      OutboxRules rules,
      Milestones milestones,
      SourceListener listener) {
    this.areEndsTold = areEndsTold;
    this.backlog = new BacklogReader(areEndsTold);
    this.rules = rules;
    this.startingState =
        config.startingState() ? new StartingStateReader(listener, milestones) : null;
  }

  /**
   * A batch, and where it leads.
   *
   * @param found how many rows were found, whether they became changes or not
   * @param xmin the oldest transaction that was in progress when it was read; 0: unknown
   */
  record Step(Batch batch, OutboxPosition position, int found, long xmin) {
    private Step(Batch batch, OutboxPosition position, ReadResult result) {
      this(batch, position, result.rows().size(), result.seen().xmin());
    }
  }

  /** From there, on a new connection. */
  void begin(OutboxPosition position) {
    forget();
    changes = new OutboxChanges(position.database().installation());
    lastLook = null;
    isStarting = false;
    if (position.unfinished() != null) {
      through = position.unfinished().through();
    }
  }

  /** Whether a transaction is open, which nothing else may use. */
  boolean isWithinTransaction() {
    return backlog.isOpen() || isWithinScan();
  }

  /** Whether rows were given that must not be seen without those that follow. */
  boolean isWithinScan() {
    return startingState != null && startingState.isWithin();
  }

  /** Whether there is something to read without waiting for it. */
  boolean hasMore(OutboxPosition position) {
    return backlog.hasMore(position) || isStarting;
  }

  /** That nothing came. */
  Batch nothing(OutboxPosition position) {
    return new Batch(List.of(), position.toPosition(), through, null);
  }

  /** The next batch; an empty one if there is nothing new, or before something large. */
  Step read(OutboxSession session, OutboxPosition position) throws SQLException {
    if (backlog.hasMore(position)) {
      return readBacklog(session, position);
    }
    if (startingState != null) {
      Optional<WatchedTable> table = startingState.next(session, position);
      boolean begins = table.isPresent() && !isStarting;
      isStarting = table.isPresent();
      if (begins) {
        return beforeLarge(position);
      }
      if (table.isPresent()) {
        return readStartingState(session, position, table.get(), startingState);
      }
    }
    ReadResult result = session.look(position.covered());
    return result.isComplete() ? stepTo(position, result) : beforeBacklog(position);
  }

  /** Nobody takes what was read. */
  void onBackpressure(OutboxSession session) throws SQLException {
    backlog.onBackpressure(session);
  }

  /** The connection is gone, and what was open on it. */
  void forget() {
    backlog.forget();
    if (startingState != null) {
      startingState.forget();
    }
  }

  private Step readStartingState(
      OutboxSession session,
      OutboxPosition position,
      WatchedTable table,
      StartingStateReader starting)
      throws SQLException {
    Step step = new Step(nothing(position), position, 0, 0);
    if (!starting.isWithin()) {
      ReadResult result = session.lookAndStay(position.covered());
      if (!result.isComplete()) {
        session.end();
        return beforeBacklog(position);
      }
      step = stepTo(position, result);
    }
    StartingStateReader.Range range = starting.read(session, table, step.position(), changes());
    if (!starting.isWithin()) {
      session.end();
    }
    return with(range, step, starting.isWithin());
  }

  /** What is given {@code within} a scan must not be seen before the rest: nobody goes on there. */
  private static Step with(StartingStateReader.Range range, Step step, boolean within) {
    OutboxPosition after = within ? step.position() : step.position().with(range.states());
    List<Change> all = new ArrayList<>(step.batch().changes());
    all.addAll(range.rows());
    Batch batch =
        new Batch(
            all,
            within ? null : after.toPosition(),
            step.batch().through(),
            step.batch().committedAfter());
    return new Step(batch, after, step.found() + range.rows().size(), step.xmin());
  }

  private Step stepTo(OutboxPosition position, ReadResult result) {
    @Nullable Instant committedAfter = lastLook;
    lastLook = result.at();
    through = result.at();
    if (result.rows().isEmpty()) {
      return new Step(nothing(position), position, result);
    }
    Snapshot covered =
        rules.after(position.covered(), result.seen(), result.largestXid(), result.largestId());
    OutboxPosition after = position.at(covered, position.database().at(result.wal()));
    List<OutboxRow> ordered = rules.order(result.rows());
    Set<Long> last = areEndsTold ? Ends.of(ordered) : Set.of();
    List<Change> read = changes().of(ordered, last);
    return new Step(
        new Batch(read, after.toPosition(), result.at(), committedAfter), after, result);
  }

  private Step beforeBacklog(OutboxPosition position) {
    backlog.begin();
    return beforeLarge(position);
  }

  /** In between, the writers can be told not to notify one who has enough to do. */
  private Step beforeLarge(OutboxPosition position) {
    return new Step(nothing(position), position, OutboxQuery.MAX_ROWS, 0);
  }

  private Step readBacklog(OutboxSession session, OutboxPosition position) throws SQLException {
    BacklogReader.Part part = backlog.read(session, position, through);
    if (part.rows().isEmpty()) {
      lastLook = part.at();
      through = lastLook == null ? through : lastLook;
      return beforeLarge(part.after());
    }
    Batch batch =
        new Batch(
            changes().of(part.rows(), part.last()), part.after().toPosition(), through, lastLook);
    return new Step(batch, part.after(), part.rows().size(), 0);
  }

  private OutboxChanges changes() {
    OutboxChanges current = changes;
    if (current == null) {
      throw new IllegalStateException("The reader was used before it was begun");
    }
    return current;
  }
}
