package dev.puck.bridge.source.outbox;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.SourceListener;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next batch after a position: all that is new; of too much, a part; and as long as
 * tables have a starting state to read, a range of it. Owned by the reader's thread.
 */
final class OutboxReader {
  private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final OutboxRules rules;
  private final @Nullable StartingStateReader startingState;
  private @Nullable OutboxChanges changes;
  private @Nullable Backlog backlog;
  private @Nullable Instant lastLook;
  private Instant through = Instant.now();
  private long refreshed;
  private boolean isStarting;

  OutboxReader(
      OutboxConfig config, OutboxRules rules, Milestones milestones, SourceListener listener) {
    this.rules = rules;
    this.startingState =
        config.startingState() ? new StartingStateReader(listener, milestones) : null;
  }

  /**
   * A batch, and where it leads.
   *
   * @param xmin the oldest transaction that was in progress when it was read
   */
  record Step(Batch batch, OutboxPosition position, long xmin) {}

  /** From there, on a new connection. */
  void begin(OutboxPosition position) {
    changes = new OutboxChanges(position.database().installation());
    lastLook = null;
    refreshed = System.nanoTime() - REFRESH_NANOS;
    isStarting = false;
  }

  /** Whether a transaction is open, which nothing else may use. */
  boolean isWithinTransaction() {
    return backlog != null || isWithinScan();
  }

  /** Whether rows were given that must not be seen without those that follow. */
  boolean isWithinScan() {
    return startingState != null && startingState.isWithin();
  }

  /** Whether there is something to read without waiting for it. */
  boolean hasMore(OutboxPosition position) {
    return backlog != null || position.unfinished() != null || isStarting;
  }

  /** That nothing came. */
  Batch nothing(OutboxPosition position) {
    return new Batch(List.of(), position.toPosition(), through, null);
  }

  /** The next batch; an empty one if there is nothing new. */
  Step read(OutboxSession session, OutboxPosition position) throws SQLException {
    if (backlog != null || position.unfinished() != null) {
      return readBacklog(session, position);
    }
    Optional<WatchedTable> table = tableToStart(session, position);
    if (table.isPresent() && startingState != null) {
      return readStartingState(session, position, table.get(), startingState);
    }
    ReadResult result = session.look(position.covered());
    return result.complete() ? stepTo(position, result) : readBacklog(session, position);
  }

  private Step readStartingState(
      OutboxSession session,
      OutboxPosition position,
      WatchedTable table,
      StartingStateReader starting)
      throws SQLException {
    Step step = new Step(nothing(position), position, 0);
    if (!starting.isWithin()) {
      ReadResult result = session.lookAndStay(position.covered());
      if (!result.complete()) {
        session.end();
        return readBacklog(session, position);
      }
      step = stepTo(position, result);
    }
    StartingStateReader.Range range = starting.read(session, table, step.position(), changes());
    if (starting.isWithin()) {
      return withPart(step, range);
    }
    session.end();
    return withRange(step, range);
  }

  /** Ends what may be open on that connection. */
  void abandon(OutboxSession session) throws SQLException {
    session.end();
    forget();
  }

  /** The connection is gone, and what was open on it. */
  void forget() {
    backlog = null;
    if (startingState != null) {
      startingState.forget();
    }
  }

  private Step stepTo(OutboxPosition position, ReadResult result) {
    @Nullable Instant committedAfter = lastLook;
    lastLook = result.at();
    through = result.at();
    if (result.rows().isEmpty()) {
      return new Step(nothing(position), position, result.seen().xmin());
    }
    Snapshot covered =
        rules.after(position.covered(), result.seen(), result.largestXid(), result.largestId());
    OutboxPosition after = position.at(covered, position.database().at(result.wal()));
    List<Change> read = changes().of(rules.order(result.rows()));
    return new Step(
        new Batch(read, after.toPosition(), result.at(), committedAfter),
        after,
        result.seen().xmin());
  }

  private static Step withRange(Step step, StartingStateReader.Range range) {
    OutboxPosition after = step.position().with(range.states());
    List<Change> all = new ArrayList<>(step.batch().changes());
    all.addAll(range.rows());
    Batch batch =
        new Batch(all, after.toPosition(), step.batch().through(), step.batch().committedAfter());
    return new Step(batch, after, step.xmin());
  }

  /** Not to be seen before the rest: who begins again must not repeat it. */
  private static Step withPart(Step step, StartingStateReader.Range range) {
    List<Change> all = new ArrayList<>(step.batch().changes());
    all.addAll(range.rows());
    Batch batch = new Batch(all, null, step.batch().through(), step.batch().committedAfter());
    return new Step(batch, step.position(), step.xmin());
  }

  private Step readBacklog(OutboxSession session, OutboxPosition position) throws SQLException {
    Backlog current = backlog;
    if (current == null) {
      current = session.backlog(position.covered(), position.unfinished());
      backlog = current;
    }
    List<OutboxRow> rows = current.next();
    if (rows.isEmpty()) {
      current.close();
      backlog = null;
      session.end();
      OutboxPosition after = position.at(current.to(), position.database());
      return new Step(nothing(after), after, 0);
    }
    Rank last = current.rankOf(rows.get(rows.size() - 1));
    OutboxPosition after = position.within(current.to(), last);
    return new Step(new Batch(changes().of(rows), after.toPosition(), through, lastLook), after, 0);
  }

  /** Tables that were watched meanwhile are noticed within a second. */
  private Optional<WatchedTable> tableToStart(OutboxSession session, OutboxPosition position)
      throws SQLException {
    if (startingState == null) {
      return Optional.empty();
    }
    if (System.nanoTime() - refreshed >= REFRESH_NANOS) {
      startingState.refresh(session);
      refreshed = System.nanoTime();
    }
    Optional<WatchedTable> next = startingState.next(position);
    isStarting = next.isPresent();
    return next;
  }

  private OutboxChanges changes() {
    OutboxChanges current = changes;
    if (current == null) {
      throw new IllegalStateException("The reader was used before it was begun");
    }
    return current;
  }
}
