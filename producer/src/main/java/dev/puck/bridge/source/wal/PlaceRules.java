package dev.puck.bridge.source.wal;

/**
 * Positions are places, whole; a slot is confirmed to what is in Kafka, and not read where it is
 * confirmed beyond that. Open, so that a proof can break one of the rules.
 */
public class PlaceRules implements WalRules {
  @Override
  public WalPlace kept(WalPlace reached) {
    return reached;
  }

  @Override
  public long confirmed(long covered, long read) {
    return covered;
  }

  @Override
  public boolean isAhead(long confirmed, long checkpoint) {
    return Lsn.isBefore(checkpoint, confirmed);
  }
}
