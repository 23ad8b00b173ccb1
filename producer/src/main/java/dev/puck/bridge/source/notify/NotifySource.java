package dev.puck.bridge.source.notify;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Position;
import dev.puck.service.config.ConfigException;
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
import java.util.Objects;
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

  /** A gap begins at most about this long before the loss of the connection. */
  private static final Duration CONFIRM_EVERY = Duration.ofSeconds(2);

  /** PostgreSQL's queue is shared by all: when it is full, every application's NOTIFY fails. */
  private static final double QUEUE_USAGE_LIMIT = 0.1;

  private static final String NOT_RUNNING = "the bridge was not running";

  private final Postgres postgres;
  private final List<String> channels;
  private final Clock clock;
  private final QueueUsage queueUsage;

  private Coverage coverage;
  private @Nullable Listener listener;
  private String lossReason = NOT_RUNNING;
  private @Nullable Gap pendingGap;
  private volatile @Nullable String problem = "not connected yet";

  /** A source that has not begun. */
  public NotifySource(Postgres postgres, List<String> channels, Clock clock) {
    this.postgres = postgres;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.coverage = new Coverage(clock, System::nanoTime, null);
    this.queueUsage = new QueueUsage(postgres);
  }

  @Override
  public Position start(@Nullable Position from) {
    disconnect(NOT_RUNNING);
    pendingGap = null;
    @Nullable Instant coveredUntil = from == null ? null : Instant.parse(from.text());
    coverage = new Coverage(clock, System::nanoTime, coveredUntil);
    connect();
    return from != null ? from : positionAt(coverage.now().instant());
  }

  @Override
  public Batch poll(Duration patience) {
    queueUsage.close();
    Listener current = listener != null ? listener : connect();
    try {
      return batch(read(current, pendingGap == null ? patience : Duration.ZERO));
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
    } catch (TransientException | ConfigException e) {
      LOGGER.atDebug().addKeyValue("error", e.getMessage()).log("Queue usage is not known");
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
    queueUsage.close();
    disconnect(NOT_RUNNING);
  }

  private Listener connect() {
    try {
      Listener opened = Listener.open(postgres, channels);
      listening(coverage.now());
      listener = opened;
      problem = null;
      LOGGER.atInfo().addKeyValue("channel", channels).log("Listening");
      return opened;
    } catch (TransientException | ConfigException e) {
      problem = e.getMessage();
      throw e;
    } catch (SQLException e) {
      TransientException failure =
          PostgresFailure.working(postgres.config(), "starting to listen", e);
      problem = failure.getMessage();
      throw failure;
    }
  }

  /** A gap that nobody has seen yet goes on; else one begins where the coverage ended. */
  private void listening(Coverage.Moment since) {
    Gap unseen = pendingGap;
    pendingGap =
        unseen == null
            ? coverage.gapUntil(since, lossReason)
            : new Gap(unseen.from(), since.instant(), unseen.reason());
    coverage.confirm(since);
  }

  private List<PGNotification> read(Listener current, Duration patience) throws SQLException {
    List<PGNotification> arrived = current.poll(patience);
    if (!coverage.isOlderThan(CONFIRM_EVERY)) {
      return arrived;
    }
    List<PGNotification> all = new ArrayList<>(arrived);
    all.addAll(confirm(current));
    return all;
  }

  /**
   * What else arrives until the server has answered: an answer comes after all that was committed
   * before the question. An arrival alone proves nothing, since it may have waited for us.
   */
  private List<PGNotification> confirm(Listener current) throws SQLException {
    List<PGNotification> more = current.poll(Duration.ZERO);
    if (!more.isEmpty()) {
      // It has a backlog, all of which it would send before the answer, at once.
      return more;
    }
    Coverage.Moment asked = coverage.now();
    current.requireAlive();
    coverage.confirm(asked);
    return current.poll(Duration.ZERO);
  }

  private Batch batch(List<PGNotification> arrived) {
    Instant now = coverage.now().instant();
    List<Change> changes = new ArrayList<>(arrived.size() + 1);
    if (pendingGap != null) {
      changes.add(pendingGap);
      pendingGap = null;
    }
    arrived.forEach(each -> changes.add(new Message(each.getName(), each.getParameter(), now)));
    Instant through = Objects.requireNonNullElse(coverage.until(), now);
    return new Batch(changes, positionAt(through), through, null);
  }

  private static Position positionAt(Instant covered) {
    return new Position(covered.toString());
  }

  private void disconnect(String reason) {
    Listener current = listener;
    if (current == null) {
      return;
    }
    listener = null;
    problem = reason;
    lossReason = reason;
    try {
      current.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The lost connection could not be closed");
    }
  }
}
