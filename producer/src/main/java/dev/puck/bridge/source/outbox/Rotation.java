package dev.puck.bridge.source.outbox;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceListener;
import dev.puck.event.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Empties the oldest outbox table now and then, once Kafka has all of it. */
final class Rotation {
  /** A table that somebody uses is tried again soon. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final long intervalNanos;
  private final SourceListener listener;
  private final Milestones milestones;
  private final LongSupplier nanoTime;
  private volatile @Nullable Position committed;
  private long next;

  Rotation(
      Duration interval, SourceListener listener, Milestones milestones, LongSupplier nanoTime) {
    this.intervalNanos = interval.toNanos();
    this.listener = listener;
    this.milestones = milestones;
    this.nanoTime = nanoTime;
    // Soon: who starts again more often than the interval says would never rotate.
    this.next = nanoTime.getAsLong() + Math.min(intervalNanos, RETRY.toNanos());
  }

  /** That much is in Kafka for good. Any thread. */
  void committed(Position position) {
    committed = position;
  }

  /** Rotates if it is time for it. */
  void rotateIfDue(OutboxSession session) throws SQLException {
    Position covered = committed;
    long now = nanoTime.getAsLong();
    if (covered == null || now - next < 0) {
      return;
    }
    // Before it can fail: reading goes on in between.
    next = now + Math.min(intervalNanos, RETRY.toNanos());
    if (rotate(session, OutboxPosition.of(covered).covered())) {
      next = now + intervalNanos;
      listener.rotated();
    }
  }

  private boolean rotate(OutboxSession session, Snapshot covered) throws SQLException {
    boolean rotated = session.alone(() -> rotate(session.connection(), covered));
    milestones.passed(Milestone.ROTATING);
    return rotated;
  }

  /** It locks a table that writers need. */
  private static boolean rotate(Connection connection, Snapshot covered) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select puck.rotate(?::xid8, ?::xid8[])")) {
      OutboxQuery.bind(statement, 1, covered);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
