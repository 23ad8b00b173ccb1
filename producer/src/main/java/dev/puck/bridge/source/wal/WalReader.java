package dev.puck.bridge.source.wal;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes batches of what a session tells, and knows how far that is. Owned by one thread. */
final class WalReader {
  private final long idleNanos;
  private final WalRules rules;
  private final Milestones milestones;
  private @Nullable WalPosition position;
  private @Nullable Position text;
  private long moved = System.nanoTime();
  private boolean within;

  /**
   * @param idleInterval how often a position is told while nothing happens
   */
  WalReader(Duration idleInterval, WalRules rules, Milestones milestones) {
    this.idleNanos = idleInterval.toNanos();
    this.rules = rules;
    this.milestones = milestones;
  }

  /** Goes on from there. */
  void begin(WalPosition from) {
    position = from;
    text = null;
    moved = System.nanoTime();
  }

  /** Knows nothing any more. */
  void forget() {
    position = null;
    text = null;
    within = false;
  }

  /** Where it is; empty: it has not begun. */
  Optional<WalPosition> position() {
    return Optional.ofNullable(position);
  }

  /** Whether what was given last belongs together with what follows. */
  boolean isWithin() {
    return within;
  }

  /** What comes next. */
  Batch read(WalSession session, Duration patience) throws SQLException {
    StartingRows starting = session.starting();
    if (starting != null) {
      starting.advance(present().tables());
      if (starting.isReady()) {
        return startingRows(session, starting);
      }
    }
    List<Change> changes = session.read(patience);
    tellMilestones(changes, session.progress());
    if (starting != null && starting.isHolding()) {
      return part(changes);
    }
    if (within || !changes.isEmpty() || isIdlePositionDue(session.progress())) {
      moveTo(session.progress());
    }
    return batch(changes);
  }

  /** The changes at the present place. */
  Batch batch(List<Change> changes) {
    within = false;
    Position known = text;
    if (known == null) {
      known = present().toPosition();
      text = known;
    }
    return new Batch(changes, known, present().through(), null);
  }

  private Batch startingRows(WalSession session, StartingRows starting) throws SQLException {
    StartingRows.Part next = starting.next(present().tables());
    milestones.passed(Milestone.READ);
    if (next.states() == null) {
      return part(next.changes());
    }
    moveTo(session.progress());
    position = present().with(next.states());
    return batch(next.changes());
  }

  private Batch part(List<Change> changes) {
    within = true;
    return new Batch(changes, null, present().through(), null);
  }

  private void tellMilestones(List<Change> changes, Transactions progress) {
    if (!changes.isEmpty()) {
      milestones.passed(Milestone.READ);
      if (progress.isWithin()) {
        milestones.passed(Milestone.WITHIN);
      }
    }
  }

  private boolean isIdlePositionDue(Transactions progress) {
    return !progress.isWithin()
        && System.nanoTime() - moved >= idleNanos
        && progress.place().compareTo(present().place()) > 0;
  }

  private void moveTo(Transactions progress) {
    position = present().at(rules.kept(progress.place()), progress.through());
    text = null;
    moved = System.nanoTime();
  }

  private WalPosition present() {
    WalPosition known = position;
    if (known == null) {
      throw new IllegalStateException("The source was polled before it was started");
    }
    return known;
  }
}
