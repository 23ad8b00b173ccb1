package dev.puck.bridge.source.wal;

/**
 * Makes 64-bit transaction ids of those of the stream, which has 32 bits of them: the nearest to
 * one that is known, since no slot can be two billion transactions behind. Owned by one thread.
 */
final class TransactionIds {
  private long near;

  /** Knows one of 64 bits. */
  TransactionIds(long known) {
    near = known;
  }

  long full(long xid) {
    near += (int) (xid - near);
    return near;
  }
}
