package dev.puck.lab.bench.load;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When each row of an open load was due, sent and committed, by {@code System.nanoTime}.
 * Thread-safe.
 */
public final class Schedule {
  private final long firstId;
  private final long begin;
  private final long intervalNanos;
  private final AtomicLongArray sent;
  private final AtomicLongArray committed;

  Schedule(long firstId, int rows, long begin, long intervalNanos) {
    this.firstId = firstId;
    this.begin = begin;
    this.intervalNanos = intervalNanos;
    this.sent = new AtomicLongArray(rows);
    this.committed = new AtomicLongArray(rows);
  }

  /** The first row's number. */
  public long firstId() {
    return firstId;
  }

  /** How many there are. */
  public int rows() {
    return sent.length();
  }

  /** When the row at that place was due; no delay of another row delays it. */
  public long due(int row) {
    return begin + row * intervalNanos;
  }

  /** When its statement was sent. */
  public long sent(int row) {
    return sent.get(row);
  }

  /** When its writer knew that it is committed. */
  public long committed(int row) {
    return committed.get(row);
  }

  void sending(int row) {
    sent.set(row, System.nanoTime());
  }

  void committed(int row, long at) {
    committed.set(row, at);
  }
}
