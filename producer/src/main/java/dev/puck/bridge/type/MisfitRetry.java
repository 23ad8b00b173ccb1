package dev.puck.bridge.type;

import java.sql.SQLException;
import java.time.Duration;

/**
 * Writes rows once more with new types where a value did not fit its own, which then has changed.
 * Owned by one thread.
 */
public final class MisfitRetry {
  /** A value that no reload explains must not cause one for each row. */
  private static final long RELOAD_NANOS = Duration.ofSeconds(1).toNanos();

  private final Runnable reload;
  private long reloaded = System.nanoTime() - RELOAD_NANOS;

  /**
   * @param reload forgets what is known of types
   */
  public MisfitRetry(Runnable reload) {
    this.reload = reload;
  }

  /** Writes something to the buffer, from its beginning. */
  @FunctionalInterface
  public interface Writing<T> {
    T write() throws SQLException;
  }

  /** What was written, and how many of its values did not fit. */
  public record Written<T>(T result, long misfits) {}

  /** Writes to the buffer, twice if need be. */
  public <T> Written<T> write(JsonBuffer json, Writing<T> writing) throws SQLException {
    long before = json.misfits();
    T result = writing.write();
    if (json.misfits() > before && System.nanoTime() - reloaded >= RELOAD_NANOS) {
      reloaded = System.nanoTime();
      reload.run();
      before = json.misfits();
      result = writing.write();
    }
    return new Written<>(result, json.misfits() - before);
  }
}
