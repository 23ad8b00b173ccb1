package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.outbox.OutboxRow;
import dev.puck.bridge.source.outbox.OutboxRules;
import dev.puck.bridge.source.outbox.Snapshot;
import dev.puck.bridge.source.outbox.SnapshotRules;
import java.util.List;

/** Rows as they were captured: what a trigger changed during a statement comes before that. */
final class CaptureOrder implements OutboxRules {
  private final OutboxRules right = new SnapshotRules();

  @Override
  public String uncovered() {
    return right.uncovered();
  }

  @Override
  public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
    return right.after(before, seen, largestXid, largestId);
  }

  @Override
  public List<OutboxRow> order(List<OutboxRow> rows) {
    return rows;
  }
}
