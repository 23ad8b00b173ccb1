package dev.puck.bridge.source.outbox;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.SourceListener.Wake;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * When to look into the outbox. A notification in each transaction would serialise all writers, so
 * under load the bridge is awake: it polls, and nobody notifies. It falls asleep when nothing
 * comes, and is then woken by the next writer.
 *
 * <p>Between the two it dozes. A writer adds its row first and reads the state after that, so
 * whoever read "awake" has a transaction id, and has it before the id X that we take once the state
 * says asleep. When no id before X is in progress any more, all of those rows can be seen; until
 * then it polls, slowly. Owned by the reader's thread.
 */
final class WakeUp {
  /** So long nothing must come before it falls asleep. */
  private static final long DROWSY_AFTER_NANOS = Duration.ofMillis(100).toNanos();

  /** Two wake-ups closer than this, and notifying would cost the writers more than polling us. */
  private static final long BUSY_NANOS = Duration.ofMillis(20).toNanos();

  private static final long LEAST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
  private static final long MOST_PAUSE_NANOS = Duration.ofMillis(4).toNanos();
  private static final Duration DOZING_PAUSE = Duration.ofMillis(25);
  private static final int MANY_ROWS = 256;

  private enum State {
    AWAKE,
    DOZING,
    ASLEEP,
    POLLING
  }

  private final OutboxConfig config;
  private final SourceListener listener;
  private final LongSupplier nanoTime;
  private State state = State.AWAKE;
  private long x;
  private long lastRows;
  private long lastWoken;
  private long pauseNanos;
  private boolean notified;

  WakeUp(OutboxConfig config, SourceListener listener, LongSupplier nanoTime) {
    this.config = config;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /** The bridge begins to read on this connection: it looks at once, and says that it is awake. */
  void begin(OutboxSession session) throws SQLException {
    boolean polls = config.wake() == WakeMode.POLL;
    session.ask("select puck.wake_by('" + (polls ? "poll" : "notify") + "')");
    session.ask("select puck.wake_up()");
    state = polls ? State.POLLING : State.AWAKE;
    lastRows = nanoTime.getAsLong();
    pauseNanos = 0;
    notified = false;
  }

  /** Waits until it is time to look, at most that long; whether it is. */
  boolean await(OutboxSession session, Duration patience) throws SQLException {
    Duration due =
        switch (state) {
          case AWAKE -> Duration.ofNanos(pauseNanos);
          case POLLING -> config.pollInterval();
          case DOZING -> DOZING_PAUSE;
          case ASLEEP -> untilFallback();
        };
    Duration wait = due.compareTo(patience) < 0 ? due : patience;
    if (state == State.AWAKE || state == State.POLLING) {
      LockSupport.parkNanos(wait.toNanos());
      return true;
    }
    notified = session.awaitNotification(wait);
    return notified || state == State.DOZING || untilFallback().isZero();
  }

  /** It looked, and found so many rows; the oldest transaction that was in progress was xmin. */
  void looked(OutboxSession session, int rows, long xmin) throws SQLException {
    long now = nanoTime.getAsLong();
    listener.polled();
    switch (state) {
      case AWAKE -> lookedAwake(session, rows, now);
      case DOZING, ASLEEP -> lookedAsleep(session, rows, xmin, now);
      case POLLING -> {}
    }
    if (rows > 0) {
      lastRows = now;
    }
    lastLook = now;
  }

  /** Writers need not notify one who is gone. */
  void end(OutboxSession session) throws SQLException {
    session.ask("select puck.wake_up()");
  }

  private long lastLook;

  private Duration untilFallback() {
    long passed = nanoTime.getAsLong() - lastLook;
    return Duration.ofNanos(Math.max(0, config.fallbackInterval().toNanos() - passed));
  }

  private void lookedAwake(OutboxSession session, int rows, long now) throws SQLException {
    if (rows > 0) {
      pauseNanos = rows >= MANY_ROWS ? 0 : LEAST_PAUSE_NANOS;
      return;
    }
    pauseNanos = Math.min(MOST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, pauseNanos * 2));
    if (now - lastRows > DROWSY_AFTER_NANOS) {
      session.ask("select puck.sleep()");
      // In a transaction of its own: the one that set the state had its id before that.
      x = Long.parseLong(session.ask("select pg_current_xact_id()::text").orElseThrow());
      state = State.DOZING;
    }
  }

  private void lookedAsleep(OutboxSession session, int rows, long xmin, long now)
      throws SQLException {
    if (rows > 0) {
      listener.woken(notified ? Wake.NOTIFICATION : Wake.TIMEOUT);
      if (now - lastWoken < BUSY_NANOS) {
        session.ask("select puck.wake_up()");
        state = State.AWAKE;
        pauseNanos = 0;
      }
      lastWoken = now;
    }
    if (state == State.DOZING && xmin >= x) {
      state = State.ASLEEP;
    }
  }
}
