package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.BridgeHooks;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.source.outbox.OutboxRules;
import dev.puck.bridge.source.outbox.SnapshotRules;
import dev.puck.bridge.source.wal.PlaceRules;
import dev.puck.bridge.source.wal.WalRules;

/**
 * What a bridge on trial does wrong on purpose, so that the proof can show that it would notice.
 */
public enum Sabotage {
  /** Nothing: the bridge as it is. */
  NONE,
  /** It reads the outbox from the largest id on that it has seen. */
  READ_BY_ID,
  /** Its position is the snapshot as it is, also beyond the rows that it has seen. */
  UNCAPPED_XMAX,
  /** It publishes in the order of capture. */
  CAPTURE_ORDER,
  /** Its position in the WAL is an LSN, without the index in the transaction. */
  POSITION_BY_LSN,
  /** It confirms the slot to what it has read. */
  CONFIRMED_EARLY,
  /** It commits the events first, and then the checkpoint. */
  CHECKPOINT_LATE,
  /** It commits the checkpoint first, and then the events. */
  CHECKPOINT_EARLY,
  /** It keeps no counts of the transactions that its checkpoint divides. */
  TRANSACTIONS_FORGOTTEN;

  /** The hooks of a bridge that does so. */
  public BridgeHooks hooks(Milestones milestones) {
    return new BridgeHooks(milestones, outboxRules(), walRules(), this::publishing);
  }

  private OutboxRules outboxRules() {
    return switch (this) {
      case READ_BY_ID -> new ReadById();
      case UNCAPPED_XMAX -> new UncappedXmax();
      case CAPTURE_ORDER -> new CaptureOrder();
      default -> new SnapshotRules();
    };
  }

  private WalRules walRules() {
    return switch (this) {
      case POSITION_BY_LSN -> new PositionByLsn();
      case CONFIRMED_EARLY -> new EarlyConfirmation();
      default -> new PlaceRules();
    };
  }

  private Publisher publishing(Publisher right) {
    return switch (this) {
      case CHECKPOINT_LATE -> new LateCheckpoints(right);
      case TRANSACTIONS_FORGOTTEN -> new ForgottenTransactions(right);
      case CHECKPOINT_EARLY -> new EarlyCheckpoints(right);
      default -> right;
    };
  }
}
