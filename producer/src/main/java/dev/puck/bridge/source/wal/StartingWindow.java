package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Truncate;
import dev.puck.event.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The part of the stream from a snapshot to a mark that was written after it. All that the snapshot
 * saw is in the stream before the mark. From the first change on that it did not see, of the table
 * whose rows it shows, everything is held back until these rows are out. So each row comes after
 * the changes that it shows, and before all others, and all in the order of the commits. Owned by
 * one thread.
 */
final class StartingWindow {
  /** A transaction so large between the two is rare enough to begin anew. */
  private static final long MAX_HELD_BYTES = 1 << 20;

  private final Relation relation;
  private final Snapshot snapshot;
  private final String token = UUID.randomUUID().toString();
  private final List<Change> held = new ArrayList<>();
  private long heldBytes;
  private boolean passed;
  private boolean inverted;

  StartingWindow(Relation relation, Snapshot snapshot) {
    this.relation = relation;
    this.snapshot = snapshot;
  }

  /** What the mark says. */
  String token() {
    return token;
  }

  /** A mark came by. */
  void mark(String content) {
    passed |= content.equals(token);
  }

  boolean isPassed() {
    return passed;
  }

  /** Whether something was held back, which the stream's position would leave out. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  /**
   * Whether it must be given up: more had to be held back than there is room for; or what was
   * committed first became visible last, so that there is no place for the rows between the two.
   */
  boolean isSpoiled() {
    return inverted || heldBytes > MAX_HELD_BYTES;
  }

  /** Takes out of the changes, from that index on, what must come after the rows. */
  void holdBack(List<Change> changes, int from) {
    int kept = from;
    while (!isHolding() && kept < changes.size()) {
      if (isOfTheTable(changes.get(kept)) && !isSeen(changes.get(kept))) {
        break;
      }
      kept++;
    }
    List<Change> rest = changes.subList(kept, changes.size());
    for (Change change : rest) {
      held.add(change);
      heldBytes += change.sizeInBytes();
      inverted |= isOfTheTable(change) && isSeen(change);
    }
    rest.clear();
  }

  /** What was held back, in its order. */
  List<Change> held() {
    return held;
  }

  private boolean isOfTheTable(Change change) {
    if (change instanceof RowChange row) {
      return row.relation().equals(relation);
    }
    return change instanceof Truncate truncate && truncate.relation().equals(relation);
  }

  private boolean isSeen(Change change) {
    if (change instanceof RowChange row) {
      return snapshot.sees(row.origin().xid());
    }
    return change instanceof Truncate truncate && snapshot.sees(truncate.origin().xid());
  }
}
