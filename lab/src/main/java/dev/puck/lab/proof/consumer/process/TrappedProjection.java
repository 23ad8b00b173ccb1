package dev.puck.lab.proof.consumer.process;

import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.Projection;
import java.util.Map;

/** Passes the points on its way. */
final class TrappedProjection extends DelegatingProjection {
  private final Traps traps;

  TrappedProjection(Projection right, Traps traps) {
    super(right);
    this.traps = traps;
  }

  @Override
  public Applied apply(EventBatch batch) {
    if (batch.all().isEmpty()) {
      return right.apply(batch);
    }
    traps.pass(name(), Point.READ);
    if (traps.isDue(name(), Point.WRITTEN)) {
      Applied unused = right.apply(new EventBatch(batch.events(), batch.all(), Map.of()));
    }
    traps.pass(name(), Point.WRITTEN);
    Applied applied = right.apply(batch);
    traps.pass(name(), Point.APPLIED);
    return applied;
  }
}
