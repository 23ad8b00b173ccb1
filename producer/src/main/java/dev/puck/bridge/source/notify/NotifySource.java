package dev.puck.bridge.source.notify;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes from {@code LISTEN}, in commit order, at most once. Every interval in which a
 * notification may have been missed is reported as a {@link Gap}, after listening began again and
 * before the first message that follows.
 */
public final class NotifySource implements ChangeSource {
  private static final Logger LOGGER = LoggerFactory.getLogger(NotifySource.class);
  private static final Duration QUIET_BEFORE_LIVENESS_CHECK = Duration.ofSeconds(5);

  /** What was committed this long before the last sign of life has surely been delivered. */
  private static final Duration DELIVERY_MARGIN = Duration.ofSeconds(1);

  /** PostgreSQL's queue is shared by all: when it is full, every application's NOTIFY fails. */
  private static final double QUEUE_USAGE_LIMIT = 0.1;

  private final Postgres postgres;
  private final List<String> channels;
  private final Clock clock;
  private final QueueUsage queueUsage;

  private @Nullable Listener listener;
  private @Nullable Instant coveredUntil;
  private String gapReason = "the bridge was not running";
  private @Nullable Gap pendingGap;
  private volatile @Nullable String problem = "not connected yet";

  /**
   * @param coveredUntil up to when a previous run of this bridge covered everything; null if there
   *     was none, and so nothing to miss
   */
  public NotifySource(
      Postgres postgres, List<String> channels, Clock clock, @Nullable Instant coveredUntil) {
    this.postgres = postgres;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.queueUsage = new QueueUsage(postgres);
    this.coveredUntil = coveredUntil;
  }

  @Override
  public void start() {
    connect();
  }

  @Override
  public Batch poll(Duration patience) {
    Listener current = listener != null ? listener : connect();
    try {
      return batch(current, pendingGap == null ? patience : Duration.ZERO);
    } catch (SQLException e) {
      disconnect("the connection to PostgreSQL was lost");
      throw PostgresFailure.working(postgres.config(), "waiting for notifications", e);
    }
  }

  @Override
  public void onBackpressure() {
    if (listener == null) {
      return;
    }
    double usage;
    try {
      usage = queueUsage.fraction();
    } catch (TransientException e) {
      LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("Queue usage is not known");
      return;
    }
    if (usage > QUEUE_USAGE_LIMIT) {
      LOGGER.atWarn().addKeyValue("usage", usage).log("Cannot keep up; letting go of the queue");
      disconnect(
          String.format(
              Locale.ROOT,
              "the bridge could not keep up and let go of PostgreSQL's notification queue, %.0f %%"
                  + " full",
              usage * 100));
    }
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public void close() {
    disconnect("the bridge was not running");
  }

  private Listener connect() {
    try {
      Listener opened = Listener.open(postgres, channels);
      Instant now = clock.instant();
      pendingGap =
          coveredUntil == null ? null : new Gap(earlier(coveredUntil, now), now, gapReason);
      coveredUntil = now;
      listener = opened;
      problem = null;
      LOGGER.atInfo().addKeyValue("channel", channels).log("Listening");
      return opened;
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), "starting to listen", e);
    }
  }

  private Batch batch(Listener current, Duration patience) throws SQLException {
    List<PGNotification> arrived = current.poll(patience);
    Instant now = clock.instant();
    if (arrived.isEmpty() && isQuietSinceLong(now)) {
      current.requireAlive();
      arrived = current.poll(Duration.ZERO);
      coveredUntil = now;
    } else if (!arrived.isEmpty()) {
      coveredUntil = now;
    }
    List<Change> changes = new ArrayList<>(arrived.size() + 1);
    if (pendingGap != null) {
      changes.add(pendingGap);
      pendingGap = null;
    }
    arrived.forEach(each -> changes.add(new Message(each.getName(), each.getParameter(), now)));
    return new Batch(changes, coveredUntil == null ? now : coveredUntil);
  }

  private boolean isQuietSinceLong(Instant now) {
    return coveredUntil == null
        || Duration.between(coveredUntil, now).compareTo(QUIET_BEFORE_LIVENESS_CHECK) > 0;
  }

  private void disconnect(String reason) {
    Listener current = listener;
    if (current == null) {
      return;
    }
    listener = null;
    problem = reason;
    if (pendingGap == null) {
      gapReason = reason;
    } else {
      coveredUntil = pendingGap.from().plus(DELIVERY_MARGIN);
    }
    try {
      current.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The lost connection could not be closed");
    }
  }

  private static Instant earlier(Instant covered, Instant now) {
    Instant from = covered.minus(DELIVERY_MARGIN);
    return from.isBefore(now) ? from : now;
  }
}
