package dev.puck.bridge.source.outbox;

import java.util.Comparator;

/**
 * Where a row stands in the order of its batch: mostly its own id; where it was captured before the
 * version that it continues, that one's rank and one hop more.
 *
 * @param id of itself, or of the row that it follows
 * @param hop how many rows after that one, 0 for itself
 */
record Rank(long id, int hop) implements Comparable<Rank> {
  private static final Comparator<Rank> ORDER =
      Comparator.comparingLong(Rank::id).thenComparingInt(Rank::hop);

  static Rank of(long id) {
    return new Rank(id, 0);
  }

  Rank next() {
    return new Rank(id, hop + 1);
  }

  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
