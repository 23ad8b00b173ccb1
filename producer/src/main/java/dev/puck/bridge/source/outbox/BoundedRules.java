package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;

/** Leaves what a snapshot does not see for whoever goes on after it. */
final class BoundedRules extends SnapshotRules {
  private final Snapshot until;

  BoundedRules(Snapshot until) {
    this.until = until;
  }

  @Override
  public String uncovered() {
    return "%s and pg_visible_in_snapshot(o.xid, '%s'::pg_snapshot)"
        .formatted(super.uncovered(), until.text());
  }

  /** The one that read the batch saw more than was taken. */
  @Override
  public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
    return super.after(before, until, largestXid, largestId);
  }
}
