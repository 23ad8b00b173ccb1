package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.SourceListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a source tells. Thread-safe. */
final class Heard implements SourceListener {
  final AtomicInteger polls = new AtomicInteger();
  final AtomicInteger wokenByNotification = new AtomicInteger();
  final AtomicInteger wokenByTimeout = new AtomicInteger();
  final AtomicInteger rotations = new AtomicInteger();
  final AtomicInteger startingRows = new AtomicInteger();
  final Set<String> started = ConcurrentHashMap.newKeySet();

  @Override
  public void polled() {
    polls.incrementAndGet();
  }

  @Override
  public void woken(Wake by) {
    (by == Wake.NOTIFICATION ? wokenByNotification : wokenByTimeout).incrementAndGet();
  }

  @Override
  public void rotated() {
    rotations.incrementAndGet();
  }

  @Override
  public void startingState(Relation relation, long rows, long estimated, boolean done) {
    startingRows.addAndGet((int) rows);
    if (done) {
      started.add(relation.name());
    }
  }
}
