package dev.puck.bridge.election;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That this process is the one that publishes under a bridge's name, for as long as its session in
 * PostgreSQL holds an advisory lock.
 *
 * <p>The session is asked every second. PostgreSQL ends it when it is idle for three, so that a
 * process that was stopped does not hold others up; and the process itself, once it goes on, sees
 * that its last question is too old before it publishes anything. Kafka fences such a one only
 * where delivery is exactly once. Thread-safe.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Leadership.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Less than the session's idle time, so that we stop before another one begins. */
  private static final long VALID_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
  static final Map<String, String> PROPERTIES = Map.of("socketTimeout", "2", "connectTimeout", "2");

  private final String bridge;
  private final Connection connection;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile long confirmed;
  private volatile boolean lost;
  private volatile boolean wanted;
  private Runnable whenLost = () -> {};

  private Leadership(String bridge, Connection connection, long asked) {
    this.bridge = bridge;
    this.connection = connection;
    this.confirmed = asked;
    this.thread = new Thread(this::beat, "leader-" + bridge);
    this.thread.setDaemon(true);
  }

  /**
   * Becomes the leader, if there is none.
   *
   * @return empty if another session leads
   * @throws ConfigException if the connection cannot hold a lock, or is refused
   * @throws TransientException if PostgreSQL is away
   */
  public static Optional<Leadership> tryAcquire(Postgres postgres, String bridge) {
    Connection connection = postgres.connect(PROPERTIES);
    try {
      Optional<Leadership> leadership = tryAcquire(postgres, connection, bridge);
      if (leadership.isEmpty()) {
        connection.close();
      }
      return leadership;
    } catch (SQLException e) {
      closeAfter(e, connection);
      throw PostgresFailure.working(postgres.config(), "electing the bridge that publishes", e);
    } catch (RuntimeException e) {
      closeAfter(e, connection);
      throw e;
    }
  }

  private static Optional<Leadership> tryAcquire(
      Postgres postgres, Connection connection, String bridge) throws SQLException {
    LeaderSession.prepare(connection);
    if (!LeaderSession.isVacant(connection, bridge)) {
      return Optional.empty();
    }
    try (Connection other = postgres.connect(PROPERTIES)) {
      LeaderSession.requireNoPooling(connection, other, postgres.config());
    }
    long asked = System.nanoTime();
    if (!LeaderSession.tryLock(connection, bridge)) {
      return Optional.empty();
    }
    return Optional.of(begin(bridge, connection, asked));
  }

  /**
   * The one of a session that has the lock.
   *
   * @param connection closed with it
   * @param asked {@link System#nanoTime} before the lock was asked for
   */
  static Leadership begin(String bridge, Connection connection, long asked) {
    Leadership leadership = new Leadership(bridge, connection, asked);
    leadership.thread.start();
    return leadership;
  }

  /**
   * Sees that it still leads; asks nobody, so that it can be called before each batch.
   *
   * @throws TransientException if it does not, or cannot be sure
   */
  public void confirm() {
    if (!isHeld()) {
      throw new TransientException(
          "This process no longer leads bridge '"
              + bridge
              + "': PostgreSQL confirmed it "
              + Duration.ofNanos(System.nanoTime() - confirmed).toMillis()
              + " ms ago for the last time. It publishes nothing before it leads again.");
    }
  }

  /** Whether it leads for sure. */
  public boolean isHeld() {
    return !lost && System.nanoTime() - confirmed < VALID_NANOS;
  }

  /**
   * Calls that once, from a thread of its own, when it no longer leads without having been closed,
   * or when another one asks to lead in its place ({@link Takeover}), which it does until this is
   * closed; at once, from this one, if that has happened already.
   */
  public void whenLost(Runnable action) {
    synchronized (this) {
      whenLost = action;
    }
    if ((lost || wanted) && !isClosed()) {
      tellOfLoss();
    }
  }

  /**
   * Lets another one lead, from the moment on when this returns, unless PostgreSQL does not answer;
   * its thread has ended then, or is about to.
   */
  @Override
  public void close() {
    closing.countDown();
    lost = true;
    if (!Thread.currentThread().equals(thread)) {
      resign();
    }
    closeConnection();
  }

  /**
   * The session's end does that too, but some time after the connection's. Works when interrupted,
   * too, as when a bridge gives up draining.
   */
  private void resign() {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
      if (!thread.isAlive() && !connection.isClosed()) {
        LeaderSession.unlock(connection);
      }
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The leader's lock goes with its session");
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void beat() {
    try {
      while (!closing.await(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        long asked = System.nanoTime();
        boolean isAsked = LeaderSession.isWanted(connection, bridge);
        confirmed = asked;
        if (isAsked && !wanted) {
          stepDown();
        }
      }
    } catch (SQLException | RuntimeException e) {
      lost = true;
      closeConnection();
      if (!isClosed()) {
        LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("Leadership lost");
        tellOfLoss();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lost = true;
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  /** The action may take long, and close this. */
  private void tellOfLoss() {
    Runnable action;
    synchronized (this) {
      action = whenLost;
      whenLost = () -> {};
    }
    action.run();
  }

  private void stepDown() {
    LOGGER.atInfo().addKeyValue("bridge", bridge).log("Asked to hand over");
    wanted = true;
    tellOfLoss();
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOGGER.atDebug().setCause(e).log("The leader's connection could not be closed");
    }
  }

  private static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
