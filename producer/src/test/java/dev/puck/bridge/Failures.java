package dev.puck.bridge;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.outbox.SnapshotRules;
import dev.puck.bridge.source.wal.PlaceRules;
import dev.puck.service.retry.TransientException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends a session at so many milestones, chosen at random. */
final class Failures implements Milestones {
  private static final Set<Milestone> FATAL =
      EnumSet.of(
          Milestone.READ,
          Milestone.BEGUN,
          Milestone.COMMITTING,
          Milestone.COMMITTED,
          Milestone.STARTING_STATE);
  private static final int COUNT = 5;
  final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final AtomicInteger left = new AtomicInteger();

  Failures() {
    System.out.println("seed " + seed);
  }

  @Override
  public synchronized void passed(Milestone milestone) {
    if (FATAL.contains(milestone) && left.get() > 0 && random.nextInt(3) == 0) {
      left.decrementAndGet();
      throw new TransientException("A failure of the test at " + milestone);
    }
  }

  /** Not before the bridge has started, which a failure would keep it from. */
  void begin() {
    left.set(COUNT);
  }

  int left() {
    return left.get();
  }

  BridgeHooks hooks() {
    return new BridgeHooks(this, new SnapshotRules(), new PlaceRules(), publisher -> publisher);
  }
}
