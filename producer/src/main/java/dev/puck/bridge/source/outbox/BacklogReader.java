package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.outbox.OutboxPosition.Unfinished;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a batch that is too large for one look, part by part. Owned by the reader's thread. */
final class BacklogReader {
  private final boolean areEndsTold;
  private final long letGoAfterNanos;
  private @Nullable Backlog backlog;
  private boolean isNext;
  private boolean isPressed;
  private long pressedSince;

  /**
   * @param areEndsTold whether it is told where a transaction ends
   */
  BacklogReader(boolean areEndsTold) {
    this(areEndsTold, Duration.ofSeconds(10));
  }

  /** One that keeps its transaction so long while nobody takes what was read. */
  BacklogReader(boolean areEndsTold, Duration letGoAfter) {
    this.areEndsTold = areEndsTold;
    this.letGoAfterNanos = letGoAfter.toNanos();
  }

  /**
   * A part of the batch.
   *
   * @param rows in true order; none: that was all
   * @param last the ids of those behind which their transaction's end is told
   * @param after the position after them
   * @param at the database's time when the batch was begun; null: unknown
   */
  record Part(List<OutboxRow> rows, Set<Long> last, OutboxPosition after, @Nullable Instant at) {}

  /** There is too much after the position. */
  void begin() {
    isNext = true;
  }

  /** Whether there is a part to read. */
  boolean hasMore(OutboxPosition position) {
    return isNext || backlog != null || position.unfinished() != null;
  }

  /** Whether a transaction is open. */
  boolean isOpen() {
    return backlog != null;
  }

  /**
   * The next part; opens the batch, or opens it again.
   *
   * @param through before which everything is covered
   */
  Part read(OutboxSession session, OutboxPosition position, Instant through) throws SQLException {
    Backlog current = backlog;
    if (current == null) {
      current = session.backlog(position.covered(), position.unfinished(), areEndsTold);
      backlog = current;
      isNext = false;
    }
    isPressed = false;
    Set<Long> last = new HashSet<>();
    List<OutboxRow> rows = current.next(last);
    Backlog.Bounds bounds = current.bounds();
    if (rows.isEmpty()) {
      letGo(session);
      return new Part(rows, last, position.at(bounds.to(), position.database()), bounds.at());
    }
    Rank rank = current.rankOf(rows.get(rows.size() - 1));
    OutboxPosition after = position.within(new Unfinished(bounds.to(), rank, through));
    return new Part(rows, last, after, bounds.at());
  }

  /**
   * Nobody takes what was read. A transaction that stays open keeps PostgreSQL from cleaning up, so
   * after a while this one ends, and the batch is opened again when it goes on.
   */
  void onBackpressure(OutboxSession session) throws SQLException {
    long now = System.nanoTime();
    if (!isPressed) {
      isPressed = true;
      pressedSince = now;
    } else if (isOpen() && now - pressedSince >= letGoAfterNanos) {
      letGo(session);
    }
  }

  /** The connection is gone, and what was open on it. */
  void forget() {
    backlog = null;
    isNext = false;
  }

  private void letGo(OutboxSession session) throws SQLException {
    backlog = null;
    session.end();
  }
}
