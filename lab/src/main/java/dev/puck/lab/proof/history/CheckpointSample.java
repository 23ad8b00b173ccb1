package dev.puck.lab.proof.history;

import java.util.Map;
import java.util.function.LongPredicate;

/**
 * A checkpoint that a reader of committed records saw, and where the topics ended right after.
 *
 * @param text the checkpoint, for a person
 * @param covers whether it says of a transaction that all of it is published
 * @param ends the offset after the last record, committed or not, of each {@code topic-partition}
 */
public record CheckpointSample(String text, LongPredicate covers, Map<String, Long> ends) {
  public CheckpointSample {
    ends = Map.copyOf(ends);
  }
}
