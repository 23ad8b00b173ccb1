package dev.puck.bridge.source;

import java.util.Optional;

/**
 * What a source has from a position up to a {@link Boundary}, and nothing beyond. Nobody else reads
 * it meanwhile. Not thread-safe.
 */
public interface Remainder extends AutoCloseable {
  /** Where it begins. */
  Position from();

  /**
   * The next changes, with a position to go on from, be it up to the boundary or further; waits for
   * them. Empty: these were all.
   *
   * @throws dev.puck.service.retry.TransientException if the connection is lost; the rest can be
   *     read from the last position
   */
  Optional<Batch> next();

  /** Releases the connection. */
  @Override
  void close();
}
