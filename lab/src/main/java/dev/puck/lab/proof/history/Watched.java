package dev.puck.lab.proof.history;

import java.util.List;
import java.util.Map;

/**
 * What was watched while it happened.
 *
 * @param checkpoints those seen, in order
 * @param live what was read along, by {@code topic-partition}
 * @param slots how the slot was, in order; empty where there is none
 */
public record Watched(
    List<CheckpointSample> checkpoints, Map<String, List<Glimpse>> live, List<SlotSample> slots) {
  public Watched {
    checkpoints = List.copyOf(checkpoints);
    live = Map.copyOf(live);
    slots = List.copyOf(slots);
  }
}
