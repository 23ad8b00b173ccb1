package dev.puck.bridge;

import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.source.outbox.OutboxRules;
import dev.puck.bridge.source.outbox.SnapshotRules;
import dev.puck.bridge.source.wal.PlaceRules;
import dev.puck.bridge.source.wal.WalRules;
import java.util.function.UnaryOperator;

/**
 * Where a proof takes hold of a bridge: to kill it at a named point, and to break a rule on
 * purpose.
 *
 * @param milestones hears of each named point
 * @param outboxRules how the outbox is read
 * @param walRules how a slot is read
 * @param publishing goes around the publisher
 */
public record BridgeHooks(
    Milestones milestones,
    OutboxRules outboxRules,
    WalRules walRules,
    UnaryOperator<Publisher> publishing) {
  /** Those of every bridge that is not on trial. */
  public static final BridgeHooks NONE =
      new BridgeHooks(
          Milestones.UNHEARD, new SnapshotRules(), new PlaceRules(), publisher -> publisher);
}
