package dev.puck.bridge.relay;

import dev.puck.bridge.source.Batch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Batches between reader and publisher, bounded in bytes. Once full it opens again at half, so that
 * a reader that was held back comes back to a queue that has caught up. Thread-safe.
 */
final class ChangeQueue {
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition opened = lock.newCondition();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private long bytes;
  private boolean full;

  ChangeQueue(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Adds the batch, waiting up to {@code patience} for room; whether it was added. */
  boolean put(Batch batch, Duration patience) throws InterruptedException {
    long size = batch.sizeInBytes();
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (full && left > 0) {
        left = opened.awaitNanos(left);
      }
      if (full) {
        return false;
      }
      @Nullable Batch newest = batches.peekLast();
      if (newest != null && newest.isEmpty() && batch.isEmpty()) {
        // While nobody takes them, four a second would come, each bearing only a later moment.
        batches.removeLast();
      }
      batches.addLast(batch);
      bytes += size;
      full = bytes >= maxBytes;
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest batch, waiting up to {@code patience} for one; null if none came. */
  @Nullable Batch poll(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (batches.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
      @Nullable Batch oldest = batches.poll();
      if (oldest != null) {
        release(oldest.sizeInBytes());
      }
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes wait. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return batches.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void release(long size) {
    bytes -= size;
    if (full && bytes <= maxBytes / 2) {
      full = false;
      opened.signalAll();
    }
  }
}
