package dev.puck.bridge.source;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where changes are read. One thread, the reader, calls everything but {@link #problem}.
 *
 * <p>A source that fails is not finished: the next {@link #poll} connects again, and begins with a
 * {@link Gap} if changes may have been missed meanwhile.
 */
public interface ChangeSource extends AutoCloseable {
  /**
   * Connects for the first time, so that what cannot work fails at once.
   *
   * @throws ConfigException if only another configuration can help
   * @throws TransientException if trying again may help
   */
  void start();

  /**
   * The next changes; waits for them, but not longer than {@code patience}. An empty batch if there
   * are none.
   *
   * @throws TransientException if the connection is lost or cannot be made; call again after a
   *     pause
   */
  Batch poll(Duration patience);

  /**
   * Called several times a second while the bridge cannot take what was read, so that a source
   * whose backlog harms others can let go.
   */
  void onBackpressure();

  /** Why it does not read at the moment; empty if it does. Any thread. */
  Optional<String> problem();

  /** Releases the connection; changes that were not polled are left behind. */
  @Override
  void close();
}
