package dev.puck.bridge.source;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where changes are read. One thread at a time calls everything but {@link #problem} and {@link
 * #committed}.
 *
 * <p>A source that fails is not finished: the next {@link #poll} connects again, and begins with a
 * {@link Gap} if changes may have been missed meanwhile.
 */
public interface ChangeSource extends AutoCloseable {
  /**
   * Connects, so that what cannot work fails at once, and sees that the position is one of this
   * database. May be called again, to begin elsewhere.
   *
   * @param from where a previous run of this bridge came to with this kind of source; null: none
   *     did
   * @return where it begins to read
   * @throws ConfigException if only another configuration, or an operator's decision, can help
   * @throws TransientException if trying again may help
   */
  Position start(@Nullable Position from);

  /**
   * The bridge has made its first checkpoint, and is the one that reads: the source may note whose
   * it is. Called once, after {@link #start}.
   *
   * @throws ConfigException if it is another one's
   * @throws TransientException if trying again may help
   */
  default void claim() {}

  /**
   * The next changes; waits for them, but not longer than {@code patience}. An empty batch if there
   * are none.
   *
   * @throws TransientException if the connection is lost or cannot be made; call again after a
   *     pause
   * @throws StartAgainException if what was polled since the last batch with a position must not be
   *     published; the source is of no more use
   */
  Batch poll(Duration patience);

  /**
   * Called several times a second while the bridge cannot take what was read, so that a source
   * whose backlog harms others can let go.
   */
  void onBackpressure();

  /** Everything up to there is in Kafka for good. Any thread. */
  default void committed(Position position) {}

  /** Why it does not read at the moment; empty if it does. Any thread. */
  Optional<String> problem();

  /** Releases the connection; changes that were not polled are left behind. */
  @Override
  void close();
}
