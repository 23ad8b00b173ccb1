package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.outbox.SnapshotRules;
import dev.puck.event.Snapshot;

/**
 * The position is the snapshot as PostgreSQL gave it, which may count transactions that a crash
 * makes undone. Their ids are then given out again, and what is written under them is never read.
 */
final class UncappedXmax extends SnapshotRules {
  @Override
  public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
    return seen;
  }
}
