package dev.puck.bridge.source.outbox;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartAgainException;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes from the outbox: each once, however often the bridge, PostgreSQL or the connection
 * between them fails, as long as the position is kept with what it covers.
 *
 * <p>Changes of one row come in the order in which they happened. Of messages with one key, those
 * come in the order of their {@code publish} whose callers held a lock that covers the key.
 */
public final class OutboxSource implements ChangeSource {
  private static final Logger LOGGER = LoggerFactory.getLogger(OutboxSource.class);

  private final Postgres postgres;
  private final OutboxRules rules;
  private final OutboxCheck check;
  private final Milestones milestones;
  private final SourceListener listener;
  private final WakeUp wakeUp;
  private final Rotation rotation;
  private final OutboxReader reader;

  private @Nullable OutboxSession session;
  private @Nullable OutboxPosition position;

  /** Not at first: a session that cannot rotate gives what it has read before it fails of that. */
  private boolean rotatable;

  private volatile @Nullable String problem = "not connected yet";

  /** A source that has not begun. */
  public OutboxSource(
      Postgres postgres,
      OutboxConfig config,
      OutboxOwner owner,
      boolean areEndsTold,
      OutboxRules rules,
      Milestones milestones,
      SourceListener listener) {
    this.postgres = postgres;
    this.rules = rules;
    this.milestones = milestones;
    this.check = new OutboxCheck(postgres.config(), owner, config.losslessFailover());
    this.listener = listener;
    this.wakeUp = new WakeUp(config, listener);
    this.rotation = new Rotation(config.rotationInterval(), listener, milestones, System::nanoTime);
    this.reader = new OutboxReader(config, areEndsTold, rules, milestones, listener);
  }

  @Override
  public Position start(@Nullable Position from) {
    disconnect();
    position = from == null ? null : OutboxPosition.of(from);
    return connect().toPosition();
  }

  @Override
  public void claim() {
    try {
      check.own(connected());
    } catch (SQLException e) {
      throw failed("noting the outbox's owner", e);
    }
  }

  @Override
  public Batch poll(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      OutboxSession current = connected();
      while (true) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        if (reader.hasMore(present(position)) || wakeUp.await(current, left)) {
          Batch batch = read(current);
          if (!batch.isEmpty()) {
            return batch;
          }
        }
        if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
          return reader.nothing(present(position));
        }
      }
    } catch (SQLException | RuntimeException e) {
      boolean withinScan = reader.isWithinScan();
      RuntimeException failure = failed("reading the outbox", e);
      throw withinScan ? new StartAgainException(failure) : failure;
    }
  }

  private Batch read(OutboxSession current) throws SQLException {
    if (rotatable) {
      rotation.rotateIfDue(current);
    }
    OutboxReader.Step step = reader.read(current, present(position));
    boolean within = reader.isWithinTransaction();
    if (!within) {
      wakeUp.looked(current, step.found(), step.xmin());
    }
    rotatable = !within;
    if (!step.batch().isEmpty()) {
      milestones.passed(Milestone.READ);
    }
    // Last: what failed until here is read again.
    position = step.position();
    return step.batch();
  }

  /** What waits is in PostgreSQL, and harms nobody there before its disk is full. */
  @Override
  public void onBackpressure() {
    OutboxSession current = session;
    if (current != null) {
      try {
        reader.onBackpressure(current);
      } catch (SQLException e) {
        LOGGER.atDebug().setCause(e).log("The connection was lost meanwhile");
        disconnect();
      }
    }
  }

  @Override
  public void committed(Position covered) {
    rotation.committed(covered);
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() {
    OutboxSession current = session;
    if (current != null) {
      try {
        current.end();
        wakeUp.end(current);
      } catch (SQLException e) {
        LOGGER.atDebug().setCause(e).log("The writers could not be told that nobody reads");
      }
    }
    disconnect();
    problem = "nothing is read: its session has ended";
  }

  private OutboxSession connected() {
    OutboxSession current = session;
    if (current == null) {
      connect();
      current = session;
    }
    return present(current);
  }

  private OutboxPosition connect() {
    try {
      OutboxSession opened = OutboxSession.open(postgres, check, rules, listener);
      session = opened;
      OutboxPosition begin = check.beginning(opened, position);
      position = begin;
      reader.begin(begin);
      rotatable = false;
      wakeUp.begin(opened);
      problem = null;
      LOGGER.atInfo().addKeyValue("position", begin.covered()).log("Reading the outbox");
      return begin;
    } catch (SQLException | TransientException | ConfigException e) {
      throw failed("beginning to read the outbox", e);
    }
  }

  /** What was read and is not handed over is read again: over another connection. */
  private RuntimeException failed(String doing, Exception e) {
    RuntimeException failure =
        e instanceof SQLException sql
            ? OutboxFailure.of(postgres.config(), doing, sql)
            : (RuntimeException) e;
    disconnect();
    problem = failure.getMessage();
    return failure;
  }

  private void disconnect() {
    OutboxSession current = session;
    session = null;
    reader.forget();
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
