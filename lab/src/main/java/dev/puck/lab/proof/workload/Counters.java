package dev.puck.lab.proof.workload;

import java.util.concurrent.atomic.LongAdder;

/** What the writers did. Thread-safe. */
final class Counters {
  final LongAdder committed = new LongAdder();
  final LongAdder rolledBack = new LongAdder();
  final LongAdder prepared = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder steps = new LongAdder();

  /** For a person. */
  String text() {
    return "%,d transactions committed, %,d rolled back, %,d prepared, %,d failed"
        .formatted(committed.sum(), rolledBack.sum(), prepared.sum(), failed.sum());
  }
}
