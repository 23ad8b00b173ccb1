package dev.puck.bridge.source.outbox;

/**
 * How many rows to fetch at once, so that they take about a megabyte. What comes next may be larger
 * than all before, hence small steps at first and never very many. Owned by one thread.
 */
final class FetchSize {
  /** Where rows are known to be small. */
  static final int SMALL_ROWS = 4_096;

  private static final int MOST = 1_024;
  private static final int GROWTH = 4;
  private static final long BYTES = 1 << 20;

  private int rows;
  private int read;
  private long bytes;

  FetchSize(int first) {
    this.rows = first;
  }

  /** How many to fetch now. */
  int rows() {
    return rows;
  }

  /** One more row was read, of so many bytes; whether {@link #rows} has changed. */
  boolean read(long rowBytes) {
    read++;
    bytes += rowBytes;
    if (read < rows) {
      return false;
    }
    long fitting = BYTES * read / Math.max(1, bytes);
    int next = (int) Math.max(1, Math.min(fitting, Math.min(MOST, (long) rows * GROWTH)));
    boolean isChanged = next != rows;
    rows = next;
    read = 0;
    bytes = 0;
    return isChanged;
  }
}
