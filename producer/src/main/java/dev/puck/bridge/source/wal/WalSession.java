package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.wal.WalStream.Received;
import dev.puck.bridge.source.wal.pgoutput.LogicalMessage;
import dev.puck.bridge.source.wal.pgoutput.PgOutputDecoder;
import dev.puck.bridge.source.wal.pgoutput.PgOutputMessage;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Two connections, one to read a slot and one to ask questions. Owned by one thread. */
final class WalSession implements AutoCloseable {
  private static final long MAX_BYTES = 512 << 10;
  private static final int MAX_CHANGES = 5_000;
  private static final long BEAT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();

  private final Connection catalog;
  private final WalStream stream;
  private final Transactions transactions;
  private final String slot;
  private final SourceListener listener;
  private final @Nullable StartingRows starting;
  private final PgOutputDecoder decoder = new PgOutputDecoder();
  private Instant latestSign = Instant.EPOCH;
  private long confirmedUntil;
  private long lastBeat = System.nanoTime() - BEAT_NANOS;
  private long lastReceived = System.nanoTime();
  private long lastLook = System.nanoTime() - LOOK_NANOS;

  /**
   * @param catalog an ordinary connection, closed with the session
   * @param stream started at {@code from}, closed with the session
   * @param transactions of the stream, from there
   * @param starting closed with the session; null: rows that tables had before are left out
   */
  WalSession(
      Connection catalog,
      WalStream stream,
      Transactions transactions,
      String slot,
      @Nullable StartingRows starting,
      SourceListener listener) {
    this.catalog = catalog;
    this.stream = stream;
    this.slot = slot;
    this.listener = listener;
    this.starting = starting;
    this.transactions = transactions;
  }

  /** The rows that tables had before; null: they are left out. */
  @Nullable StartingRows starting() {
    return starting;
  }

  /** How far all was read. */
  Transactions progress() {
    return transactions;
  }

  /** What comes next, up to a bound; waits so long for it. Ends with a transaction if it can. */
  List<Change> read(Duration patience) throws SQLException {
    listener.polled();
    List<Change> changes = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    long bytes = 0;
    long left = patience.toNanos();
    do {
      boolean complete = !changes.isEmpty() && !transactions.isWithin();
      @Nullable Received received =
          stream.next(complete ? Duration.ZERO : Duration.ofNanos(Math.max(0, left)));
      if (received == null && complete) {
        break;
      }
      if (received != null) {
        int before = changes.size();
        take(received, changes);
        for (int i = before; i < changes.size(); i++) {
          bytes += changes.get(i).sizeInBytes();
        }
      }
      left = deadline - System.nanoTime();
    } while (left > 0 && bytes < MAX_BYTES && changes.size() < MAX_CHANGES && !isToPause());
    return changes;
  }

  /**
   * Whether the next {@link #beat} of that would tell PostgreSQL something that it did not know.
   */
  boolean isToConfirm(long confirmed) {
    return isBeatDue(System.nanoTime()) && Lsn.isBefore(confirmedUntil, confirmed);
  }

  /**
   * Tells PostgreSQL that we are there, and what it need not keep, unless it was just told; and
   * sees how the slot is.
   *
   * @param confirmed what comes before it is in Kafka for good
   * @param reading whether what it answers is read
   */
  void beat(long confirmed, boolean reading) throws SQLException {
    long now = System.nanoTime();
    if (!reading) {
      lastReceived = now;
    }
    if (now - lastReceived > SILENCE_NANOS) {
      throw new SQLException("PostgreSQL has sent nothing for half a minute", "08006");
    }
    if (isBeatDue(now)) {
      lastBeat = now;
      confirmedUntil = confirmed;
      stream.tell(confirmed, reading && now - lastReceived >= BEAT_NANOS / 2);
    }
    if (now - lastLook >= LOOK_NANOS) {
      lastLook = now;
      look();
    }
  }

  @Override
  public void close() throws SQLException {
    try (catalog;
        starting) {
      stream.close();
    }
  }

  private boolean isBeatDue(long now) {
    return now - lastBeat >= BEAT_NANOS;
  }

  private void take(Received received, List<Change> changes) throws SQLException {
    lastReceived = System.nanoTime();
    @Nullable ByteBuffer payload = received.payload();
    if (payload != null) {
      int before = changes.size();
      PgOutputMessage message = decoder.decode(payload);
      transactions.read(message, received.lsn(), changes);
      if (starting != null) {
        pass(starting, message, changes, before);
      }
    } else {
      // What was committed when the sign before this one was sent has come by now.
      transactions.reached(received.lsn(), latestSign);
      latestSign = Instant.EPOCH.plus(received.sentMicros(), ChronoUnit.MICROS);
    }
  }

  private static void pass(
      StartingRows starting, PgOutputMessage message, List<Change> changes, int before)
      throws SQLException {
    if (message instanceof LogicalMessage logical && StartingMark.is(logical)) {
      starting.mark(StartingMark.content(logical));
    } else {
      starting.pass(changes, before);
    }
  }

  /** Others' rows come here, before the stream goes on; or it does not go on. */
  private boolean isToPause() {
    return transactions.isOver() || (starting != null && starting.isReady());
  }

  private void look() throws SQLException {
    Optional<SlotState> found = SlotState.find(catalog, slot);
    found.ifPresent(
        state -> listener.slot(state.retainedBytes(), state.safeBytes(), state.walStatus()));
  }
}
