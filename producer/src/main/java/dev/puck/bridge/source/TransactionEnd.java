package dev.puck.bridge.source;

import java.time.Instant;

/**
 * All changes of a transaction were given before this. Comes only where it was asked for.
 *
 * @param at when it happened
 * @param last where the last of what the transaction did comes from, be it a change or not
 */
public record TransactionEnd(Instant at, Origin last) implements Change {
  private static final int OVERHEAD_BYTES = 100;

  @Override
  public long sizeInBytes() {
    return OVERHEAD_BYTES;
  }
}
