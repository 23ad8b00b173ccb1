package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.outbox.OutboxRow;
import dev.puck.bridge.source.outbox.OutboxRules;
import dev.puck.bridge.source.outbox.Snapshot;
import dev.puck.bridge.source.outbox.SnapshotRules;
import java.util.List;

/**
 * The position is the snapshot as PostgreSQL gave it, which may count transactions that a crash
 * makes undone. Their ids are then given out again, and what is written under them is never read.
 */
final class UncappedXmax implements OutboxRules {
  private final OutboxRules right = new SnapshotRules();

  @Override
  public String uncovered() {
    return right.uncovered();
  }

  @Override
  public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
    return seen;
  }

  @Override
  public List<OutboxRow> order(List<OutboxRow> rows) {
    return right.order(rows);
  }
}
