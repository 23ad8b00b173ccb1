package dev.puck.consumer.projection;

import java.util.List;
import java.util.Optional;

/** A projection whose state can be built anew from the truth, while it serves. Thread-safe. */
public interface Resyncable extends Projection {
  /** The topics that it is made from. */
  List<String> topics();

  /**
   * Whether it has nothing to begin with: {@link #resume} throws {@link UnbuiltException} until a
   * resync has given it its first state.
   *
   * @throws dev.puck.service.retry.TransientException if it cannot tell now
   */
  boolean isUnbuilt();

  /**
   * The number of the last resync that was begun, by whatever process; a request bears it.
   *
   * @throws dev.puck.service.retry.TransientException if it cannot tell now
   */
  long lastResync();

  /**
   * Begins a resync; the caller closes it.
   *
   * @param since what {@link #lastResync} said when it was asked for
   * @return empty if another process began one after that, and finished it
   * @throws dev.puck.service.retry.TransientException if another process is at it, or something is
   *     away
   */
  Optional<Shadow> beginResync(long since);
}
