package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;
import java.util.List;

/**
 * Positions are snapshots, capped; order within a transaction is that of the rows' versions. Open,
 * so that a proof can break one of the rules.
 */
public class SnapshotRules implements OutboxRules {
  @Override
  public String uncovered() {
    return "(o.xid >= ?::xid8 or o.xid = any (?::xid8[]))";
  }

  /**
   * A snapshot's own xmax may count transactions that aborted without their WAL being flushed.
   * After a crash PostgreSQL gives those ids out again, and what is written under them would never
   * be read. What a visible row bears is flushed, and so is everything below it: hence the cap.
   */
  @Override
  public Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId) {
    return seen.cappedAt(Math.max(before.xmax(), largestXid + 1));
  }

  @Override
  public List<OutboxRow> order(List<OutboxRow> rows) {
    return VersionOrder.of(rows);
  }
}
