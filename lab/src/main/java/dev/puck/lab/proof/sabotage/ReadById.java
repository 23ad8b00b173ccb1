package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.outbox.SnapshotRules;
import dev.puck.event.Snapshot;

/**
 * The position is an id. Ids are taken before the commit: who commits late is never read.
 *
 * <p>It is kept where a snapshot's {@code xmax} stands, since there is no other place.
 */
final class ReadById extends SnapshotRules {
  @Override
  public String uncovered() {
    return "(o.id >= (?::xid8)::text::bigint and o.id <> all (?::xid8[]::text[]::bigint[]))";
  }

  @Override
  public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
    return new Snapshot(Math.max(before.xmax(), largestId + 1), new long[0]);
  }
}
