package dev.puck.bridge.source.wal;

/**
 * The rules on which exactly once stands. There is one right way to follow them, {@link
 * PlaceRules}; a proof breaks them, to see that it would notice.
 */
public interface WalRules {
  /** Beyond every place. */
  long NEVER = -1;

  /** Where to end: transactions whose commit record is there or later are not read. */
  default long until() {
    return NEVER;
  }

  /** What a position keeps of the place that was reached. */
  WalPlace kept(WalPlace reached);

  /**
   * How far the slot is confirmed, so that PostgreSQL never sends again what comes before.
   *
   * @param covered what comes before it is in Kafka for good
   * @param read what comes before it was read
   */
  long confirmed(long covered, long read);

  /**
   * Whether what comes after a checkpoint is lost, since PostgreSQL would not send all of it.
   *
   * @param confirmed how far the slot is
   * @param checkpoint where the bridge came to before
   */
  boolean isAhead(long confirmed, long checkpoint);
}
