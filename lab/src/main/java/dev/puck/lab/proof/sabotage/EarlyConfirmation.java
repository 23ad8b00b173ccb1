package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.wal.PlaceRules;

/**
 * The slot is confirmed to what was read, whether it is in Kafka or not, and nobody looks whether
 * it is ahead: PostgreSQL does not send again what was lost with whoever died.
 */
final class EarlyConfirmation extends PlaceRules {
  @Override
  public long confirmed(long covered, long read) {
    return read;
  }

  @Override
  public boolean isAhead(long confirmed, long checkpoint) {
    return false;
  }
}
