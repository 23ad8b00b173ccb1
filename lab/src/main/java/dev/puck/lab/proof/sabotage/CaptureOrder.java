package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.outbox.OutboxRow;
import dev.puck.bridge.source.outbox.SnapshotRules;
import java.util.List;

/** Rows as they were captured: what a trigger changed during a statement comes before that. */
final class CaptureOrder extends SnapshotRules {
  @Override
  public List<OutboxRow> order(List<OutboxRow> rows) {
    return rows;
  }
}
