package dev.puck.consumer.projection;

import org.jspecify.annotations.Nullable;

/**
 * What a projection is, compared with what it must be.
 *
 * @param checked how many keys were compared: those that either of the two has
 * @param newer how many were not, since they are newer than the truth
 * @param divergent at how many of them the two differ
 * @param first of those, in the order of keys; null where there is none
 */
public record Comparison(long checked, long newer, long divergent, @Nullable Divergence first) {
  public Comparison {
    if (divergent < 0 || divergent > checked || (divergent == 0) != (first == null)) {
      throw new IllegalArgumentException(
          divergent + " of " + checked + " keys differ, and the first is " + first);
    }
  }

  /** Of two that stand at the same place, so that none is newer. */
  public Comparison(long checked, long divergent, @Nullable Divergence first) {
    this(checked, 0, divergent, first);
  }
}
