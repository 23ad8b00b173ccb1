package dev.puck.bridge.source.wal;

import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceListener;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes from a logical replication slot: each once, in the order of their commits, as long as the
 * position is kept with what it covers.
 *
 * <p>The slot is never confirmed beyond what {@link #committed} said. While nothing happens, an
 * empty batch bears a later position now and then, so that PostgreSQL need not keep the WAL of
 * others for it.
 */
public final class WalSource implements ChangeSource {
  private static final Logger LOGGER = LoggerFactory.getLogger(WalSource.class);

  private final Postgres postgres;
  private final WalOpening opening;
  private final String slot;
  private final long idleNanos;
  private final Milestones milestones;

  private @Nullable WalSession session;
  private @Nullable WalPosition position;
  private @Nullable Position text;
  private @Nullable Gap gap;
  private long moved = System.nanoTime();

  /** What comes before it is in Kafka for good. */
  private final AtomicLong covered = new AtomicLong();

  private volatile @Nullable String problem = "not connected yet";

  /**
   * A source that has not begun.
   *
   * @param idleInterval how often a position is told while nothing happens
   */
  public WalSource(
      Postgres postgres,
      WalConfig config,
      String slot,
      Duration idleInterval,
      Milestones milestones,
      SourceListener listener) {
    this.postgres = postgres;
    this.slot = slot;
    this.idleNanos = idleInterval.toNanos();
    this.milestones = milestones;
    this.opening = new WalOpening(postgres, config, slot, listener);
  }

  @Override
  public Position start(@Nullable Position from) {
    disconnect();
    @Nullable WalPosition known = from == null ? null : WalPosition.of(from);
    covered.set(known == null ? 0 : known.place().lsn());
    position = known;
    gap = null;
    WalPosition begin = connect();
    // Should this run end before the gap is published, the next must find it again.
    return gap == null || from == null ? begin.toPosition() : from;
  }

  @Override
  public Batch poll(Duration patience) {
    try {
      return read(connected(), patience);
    } catch (SQLException e) {
      throw failed("reading the slot", e);
    } catch (RuntimeException e) {
      // What was read and is not handed over must be read again.
      disconnect();
      throw e;
    }
  }

  private Batch read(WalSession current, Duration patience) throws SQLException {
    @Nullable Gap found = gap;
    if (found != null) {
      gap = null;
      return batch(List.of(found));
    }
    current.beat(covered.get(), true);
    List<Change> changes = current.read(patience);
    if (!changes.isEmpty()) {
      milestones.passed(Milestone.READ);
    }
    if (!changes.isEmpty() || isIdlePositionDue(current.progress())) {
      moveTo(current.progress());
    }
    return batch(changes);
  }

  /** What waits is in PostgreSQL's WAL, and harms nobody there before its disk is full. */
  @Override
  public void onBackpressure() {
    WalSession current = session;
    if (current != null) {
      try {
        current.beat(covered.get(), false);
      } catch (SQLException e) {
        LOGGER.atDebug().setCause(e).log("The connection was lost meanwhile");
        disconnect();
      }
    }
  }

  @Override
  public void committed(Position reached) {
    covered.accumulateAndGet(WalPosition.of(reached).place().lsn(), Lsn::later);
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() {
    WalSession current = session;
    if (current != null) {
      try {
        current.beat(covered.get(), false);
      } catch (SQLException e) {
        LOGGER.atDebug().setCause(e).log("PostgreSQL could not be told how far we came");
      }
    }
    disconnect();
    problem = "the bridge was stopped";
  }

  private boolean isIdlePositionDue(Transactions progress) {
    return !progress.isWithin()
        && System.nanoTime() - moved >= idleNanos
        && progress.place().compareTo(present(position).place()) > 0;
  }

  private void moveTo(Transactions progress) {
    position = present(position).at(progress.place(), progress.through());
    text = null;
    moved = System.nanoTime();
  }

  private Batch batch(List<Change> changes) {
    WalPosition reached = present(position);
    Position known = text;
    if (known == null) {
      known = reached.toPosition();
      text = known;
    }
    return new Batch(changes, known, reached.through(), null);
  }

  private WalSession connected() {
    if (session == null) {
      connect();
    }
    return present(session);
  }

  private WalPosition connect() {
    try {
      WalOpening.Opened opened = opening.open(position);
      session = opened.session();
      gap = opened.gap() == null ? gap : opened.gap();
      begin(opened.from());
      problem = null;
      LOGGER
          .atInfo()
          .addKeyValue("slot", slot)
          .addKeyValue("lsn", opened.from().place())
          .log("Reading the WAL");
      return opened.from();
    } catch (TransientException | ConfigException e) {
      disconnect();
      problem = e.getMessage();
      throw e;
    } catch (SQLException e) {
      throw failed("beginning to read the slot", e);
    }
  }

  private void begin(WalPosition from) {
    if (position == null || gap != null) {
      // The slot begins there; telling less would move it back.
      covered.accumulateAndGet(from.place().lsn(), Lsn::later);
    }
    position = from;
    text = null;
    moved = System.nanoTime();
  }

  private RuntimeException failed(String doing, SQLException e) {
    RuntimeException failure = WalFailure.of(postgres.config(), doing, e);
    disconnect();
    problem = failure.getMessage();
    return failure;
  }

  private void disconnect() {
    WalSession current = session;
    session = null;
    if (current != null) {
      try {
        current.close();
      } catch (SQLException e) {
        LOGGER.atDebug().setCause(e).log("The connection could not be closed");
      }
    }
  }

  private static <T> T present(@Nullable T present) {
    if (present == null) {
      throw new IllegalStateException("The source was polled before it was started");
    }
    return present;
  }
}
