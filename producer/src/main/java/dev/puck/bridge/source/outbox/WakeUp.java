package dev.puck.bridge.source.outbox;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.SourceListener.Wake;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * When to look into the outbox. A notification in each transaction would serialise all writers, so
 * under load the bridge is awake: it polls, and nobody notifies. It falls asleep when nothing
 * comes, and is then woken by the next writer.
 *
 * <p>Between the two it dozes. A writer has its transaction id before it reads the state, so
 * whoever read "awake" has one before the id X that we take once the state says asleep. When no id
 * before X is in progress any more, all of those rows can be seen; until then it polls, slowly.
 * Owned by the reader's thread.
 */
final class WakeUp {
  /** So long nothing must come before it falls asleep. */
  private static final long DROWSY_AFTER_NANOS = Duration.ofMillis(100).toNanos();

  /** Two wake-ups closer than this, and notifying would cost the writers more than polling us. */
  private static final long BUSY_NANOS = Duration.ofMillis(20).toNanos();

  /** So many times as long as a look took, PostgreSQL has for the writers until the next one. */
  private static final int PAUSE_PER_LOOK = 4;

  private static final long LEAST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
  private static final long MOST_PAUSE_NANOS = Duration.ofMillis(10).toNanos();
  private static final long MOST_EMPTY_PAUSE_NANOS = Duration.ofMillis(4).toNanos();
  private static final long DOZING_PAUSE_NANOS = Duration.ofMillis(25).toNanos();
  private static final int MANY_ROWS = 256;

  enum State {
    AWAKE,
    DOZING,
    ASLEEP,
    POLLING
  }

  /** What it asks of the session. */
  interface Bell {
    /** Runs a statement in a transaction of its own; its one value as text, if it has one. */
    Optional<String> ask(String sql) throws SQLException;

    /** Waits for a notification; whether one came, now or since the last time. */
    boolean awaitNotification(Duration patience) throws SQLException;
  }

  private final OutboxConfig config;
  private final SourceListener listener;
  private final LongSupplier nanoTime;
  private final LongConsumer sleep;

  private State state = State.AWAKE;

  /** Whoever read "awake" before we said asleep has an id below. */
  private long x;

  private long began;
  private long lastLook;
  private long lastRows;
  private long lastWoken;
  private long pauseNanos;
  private boolean notified;

  WakeUp(OutboxConfig config, SourceListener listener) {
    this(config, listener, System::nanoTime, LockSupport::parkNanos);
  }

  /** On another clock, which goes on in {@code sleep}. */
  WakeUp(OutboxConfig config, SourceListener listener, LongSupplier nanoTime, LongConsumer sleep) {
    this.config = config;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.sleep = sleep;
  }

  /** The bridge begins to read on this connection: it looks at once, and says that it is awake. */
  void begin(Bell bell) throws SQLException {
    boolean polls = config.wake() == WakeMode.POLL;
    bell.ask("select puck.wake_by('" + (polls ? "poll" : "notify") + "')");
    wakeUp(bell);
    if (polls) {
      state = State.POLLING;
    }
    long now = nanoTime.getAsLong();
    began = now;
    lastRows = now;
    lastLook = now - config.pollInterval().toNanos();
    lastWoken = now - BUSY_NANOS;
    notified = false;
  }

  State state() {
    return state;
  }

  /** Waits until it is time to look, at most that long; whether it is. */
  boolean await(Bell bell, Duration patience) throws SQLException {
    long due = dueIn();
    long wait = Math.min(due, patience.toNanos());
    if (state == State.AWAKE || state == State.POLLING) {
      if (wait > 0) {
        sleep.accept(wait);
      }
    } else {
      notified = bell.awaitNotification(Duration.ofNanos(wait));
    }
    began = nanoTime.getAsLong();
    return notified || dueIn() <= 0;
  }

  /** It looked, and found so many rows; the oldest transaction that was in progress was xmin. */
  void looked(Bell bell, int rows, long xmin) throws SQLException {
    lastLook = nanoTime.getAsLong();
    listener.polled();
    switch (state) {
      case AWAKE -> lookedAwake(bell, rows);
      case DOZING, ASLEEP -> lookedAsleep(bell, rows, xmin);
      case POLLING -> {}
    }
    if (rows > 0) {
      lastRows = lastLook;
    }
    notified = false;
  }

  /** Writers need not notify one who is gone. */
  void end(Bell bell) throws SQLException {
    bell.ask("select puck.wake_up()");
  }

  private long dueIn() {
    long pause =
        switch (state) {
          case AWAKE -> pauseNanos;
          case POLLING -> config.pollInterval().toNanos();
          case DOZING -> Math.min(DOZING_PAUSE_NANOS, config.fallbackInterval().toNanos());
          case ASLEEP -> config.fallbackInterval().toNanos();
        };
    return Math.max(0, lastLook + pause - nanoTime.getAsLong());
  }

  private void lookedAwake(Bell bell, int rows) throws SQLException {
    if (rows > 0) {
      long pause = PAUSE_PER_LOOK * (lastLook - began);
      pauseNanos = Math.min(MOST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, pause));
      return;
    }
    pauseNanos = Math.min(MOST_EMPTY_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, pauseNanos * 2));
    if (lastLook - lastRows > DROWSY_AFTER_NANOS) {
      bell.ask("select puck.sleep()");
      // In a transaction of its own: the one that set the state had its id before that.
      x = Long.parseLong(bell.ask("select pg_current_xact_id()::text").orElseThrow());
      state = State.DOZING;
    }
  }

  private void lookedAsleep(Bell bell, int rows, long xmin) throws SQLException {
    if (rows > 0) {
      listener.woken(notified ? Wake.NOTIFICATION : Wake.TIMEOUT);
      if (rows >= MANY_ROWS || lastLook - lastWoken < BUSY_NANOS || isUnheard()) {
        wakeUp(bell);
        return;
      }
      lastWoken = lastLook;
    }
    if (state == State.DOZING && xmin >= x) {
      state = State.ASLEEP;
    }
  }

  /** Somebody writes without notifying us: the state may be another one than we said. */
  private boolean isUnheard() {
    return state == State.ASLEEP && !notified;
  }

  private void wakeUp(Bell bell) throws SQLException {
    bell.ask("select puck.wake_up()");
    state = State.AWAKE;
    pauseNanos = 0;
  }
}
