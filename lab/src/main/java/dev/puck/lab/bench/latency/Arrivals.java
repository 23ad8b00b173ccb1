package dev.puck.lab.bench.latency;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** When each number first arrived, by {@code System.nanoTime}. Thread-safe. */
final class Arrivals {
  private final AtomicLongArray at;
  private final AtomicInteger count = new AtomicInteger();

  /** For numbers from 0 on, so many at most. */
  Arrivals(int most) {
    this.at = new AtomicLongArray(most);
  }

  /** A number is there. */
  void arrived(long number) {
    if (at.compareAndSet(Math.toIntExact(number), 0, System.nanoTime())) {
      count.incrementAndGet();
    }
  }

  /** When that was; 0: not yet. */
  long at(long number) {
    return at.get(Math.toIntExact(number));
  }

  /** How many numbers have arrived. */
  int count() {
    return count.get();
  }
}
