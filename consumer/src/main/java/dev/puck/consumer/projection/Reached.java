package dev.puck.consumer.projection;

import org.jspecify.annotations.Nullable;

/**
 * How far a partition is in a projection's state.
 *
 * @param next every event before this offset is in
 * @param truth from there on, those that it sees are in, too; null: none is
 */
public record Reached(long next, @Nullable SourceSnapshot truth) {
  /** Whether the event, which is not before {@link #next}, is in the state already. */
  public boolean has(IncomingEvent event) {
    return truth != null && truth.sees(event);
  }

  /** The same truth, further on. */
  public Reached at(long offset) {
    return new Reached(offset, truth);
  }
}
