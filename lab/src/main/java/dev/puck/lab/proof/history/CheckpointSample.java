package dev.puck.lab.proof.history;

import java.util.Map;

/**
 * A checkpoint that a reader of committed records saw, and where the topics ended right after.
 *
 * @param text the checkpoint, for a person
 * @param coverage which transactions it says are published
 * @param ends the offset after the last record, committed or not, of each {@code topic-partition}
 */
public record CheckpointSample(String text, Coverage coverage, Map<String, Long> ends) {
  public CheckpointSample {
    ends = Map.copyOf(ends);
  }
}
