package dev.puck.bridge.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs failures that are tried again: a new one at WARN, the same again at DEBUG, and every minute
 * a reminder. Owned by one thread.
 */
public final class FailureLog {
  private static final long REMINDER_NANOS = Duration.ofMinutes(1).toNanos();

  private final Logger logger;
  private @Nullable String last;
  private long lastWarned;

  public FailureLog(Logger logger) {
    this.logger = logger;
  }

  /** It failed, and will be tried again after the pause. */
  public void failed(String what, Throwable failure, Duration pause) {
    String error = String.valueOf(failure.getMessage());
    logger
        .atLevel(level(error))
        .addKeyValue("error", error)
        .addKeyValue("retryInMs", pause.toMillis())
        .log(what);
  }

  /** It works: the next failure is a new one. */
  public void worked() {
    last = null;
  }

  private Level level(String error) {
    long now = System.nanoTime();
    if (error.equals(last) && now - lastWarned < REMINDER_NANOS) {
      return Level.DEBUG;
    }
    last = error;
    lastWarned = now;
    return Level.WARN;
  }
}
