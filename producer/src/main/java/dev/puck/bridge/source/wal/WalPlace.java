package dev.puck.bridge.source.wal;

/**
 * A place in the stream of committed changes. An LSN alone would not do: all rows of a {@code COPY}
 * may share one, and transactions interleave.
 *
 * @param lsn transactions whose commit record is before it were read
 * @param index of the one whose commit record is there, so many changes were read
 */
public record WalPlace(long lsn, long index) implements Comparable<WalPlace> {
  /**
   * @throws IllegalArgumentException if the index is negative
   */
  public WalPlace {
    if (index < 0) {
      throw new IllegalArgumentException(index + " changes");
    }
  }

  /** Before the transaction whose commit record is there. */
  public static WalPlace at(long lsn) {
    return new WalPlace(lsn, 0);
  }

  @Override
  public int compareTo(WalPlace other) {
    int byLsn = Long.compareUnsigned(lsn, other.lsn);
    return byLsn != 0 ? byLsn : Long.compare(index, other.index);
  }

  @Override
  public String toString() {
    return Lsn.text(lsn) + "+" + index;
  }
}
