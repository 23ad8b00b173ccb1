package dev.puck.bridge.source.outbox;

/** How many rows to fetch at once, so that they take about so many bytes. Owned by one thread. */
final class FetchSize {
  private static final int FIRST = 64;
  private static final int MOST = 4_096;
  private static final long BYTES = 1 << 20;

  private int rows = FIRST;

  /** How many to fetch now. */
  int rows() {
    return rows;
  }

  /** So many rows took so many bytes. */
  void learn(long fetchedRows, long bytes) {
    if (fetchedRows > 0) {
      long perRow = Math.max(1, bytes / fetchedRows);
      rows = (int) Math.max(1, Math.min(MOST, BYTES / perRow));
    }
  }
}
