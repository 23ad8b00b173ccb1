package dev.puck.bridge.source.wal;

import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartAgainException;
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
  private final WalReader reader;
  private final WalRules rules;
  private final Milestones milestones;

  private @Nullable WalSession session;
  private @Nullable Gap gap;

  /** What comes before it is in Kafka for good. */
  private final AtomicLong covered = new AtomicLong();

  private volatile @Nullable String problem = "not connected yet";

  /**
   * A source that has not begun.
   *
   * @param idleInterval how often a position is told while nothing happens
   * @param areEndsTold whether it is told where a transaction that has changes ends
   */
  public WalSource(
      Postgres postgres,
      WalConfig config,
      String slot,
      Duration idleInterval,
      boolean areEndsTold,
      WalRules rules,
      Milestones milestones,
      SourceListener listener) {
    this.postgres = postgres;
    this.slot = slot;
    this.rules = rules;
    this.milestones = milestones;
    this.reader = new WalReader(idleInterval, rules, milestones);
    this.opening = new WalOpening(postgres, config, slot, areEndsTold, rules, milestones, listener);
  }

  @Override
  public Position start(@Nullable Position from) {
    disconnect();
    @Nullable WalPosition known = from == null ? null : WalPosition.of(from);
    covered.set(known == null ? 0 : known.place().lsn());
    reader.forget();
    if (known != null) {
      reader.begin(known);
    }
    gap = null;
    WalPosition begin = connect();
    // Should this run end before the gap is published, the next must find it again.
    return gap == null || from == null ? begin.toPosition() : from;
  }

  @Override
  public Batch poll(Duration patience) {
    if (session == null && reader.isWithin()) {
      throw new StartAgainException(new IllegalStateException("The connection was lost"));
    }
    try {
      return read(connected(), patience);
    } catch (SQLException e) {
      RuntimeException failure = failed("reading the slot", e);
      throw reader.isWithin() ? new StartAgainException(failure) : failure;
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
      return reader.batch(List.of(found));
    }
    beat(current, true);
    return reader.read(current, patience);
  }

  /** What waits is in PostgreSQL's WAL, and harms nobody there before its disk is full. */
  @Override
  public void onBackpressure() {
    WalSession current = session;
    if (current != null) {
      try {
        beat(current, false);
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
        beat(current, false);
      } catch (SQLException e) {
        LOGGER.atDebug().setCause(e).log("PostgreSQL could not be told how far we came");
      }
    }
    disconnect();
    problem = "nothing is read: its session has ended";
  }

  private void beat(WalSession current, boolean reading) throws SQLException {
    long read = reader.position().map(position -> position.place().lsn()).orElse(0L);
    long confirmed = rules.confirmed(covered.get(), read);
    boolean isNews = current.isToConfirm(confirmed);
    if (isNews) {
      milestones.passed(Milestone.CONFIRMING);
    }
    current.beat(confirmed, reading);
    if (isNews) {
      milestones.passed(Milestone.CONFIRMED);
    }
  }

  private WalSession connected() {
    if (session == null) {
      connect();
    }
    return present(session);
  }

  private WalPosition connect() {
    try {
      WalOpening.Opened opened = opening.open(reader.position().orElse(null));
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
    if (reader.position().isEmpty() || gap != null) {
      // The slot begins there; telling less would move it back.
      covered.accumulateAndGet(from.place().lsn(), Lsn::later);
    }
    reader.begin(from);
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
