package dev.puck.bridge.source.outbox;

import static java.util.Objects.requireNonNull;

import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.StartAgainException;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads an outbox as a bridge does, in the test's thread, and keeps what a bridge has in Kafka:
 * changes and the position that covers them, always together. It can die and begin again there.
 */
final class TestBridge implements AutoCloseable {
  static final OutboxOwner OWNER = new OutboxOwner("b", "kafka-1", "");
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final AtomicInteger SEQUENCE = new AtomicInteger();

  private Database database;
  private final String sessions = "test bridge " + SEQUENCE.incrementAndGet();
  private final List<Change> kept = new ArrayList<>();
  private final List<Change> polled = new ArrayList<>();
  private final Heard heard = new Heard();
  private WakeMode wake = WakeMode.NOTIFY;
  private Duration fallbackInterval = Duration.ofSeconds(1);
  private Duration rotationInterval = Duration.ofHours(1);
  private boolean startingState = true;
  private boolean rotates = true;
  private OutboxRules rules = new SnapshotRules();
  private Milestones milestones = Milestones.UNHEARD;
  private @Nullable OutboxSource source;
  private @Nullable Position position;
  private @Nullable Position reached;
  private final List<RuntimeException> failures = new ArrayList<>();

  /** One that has not begun; the session stays the test's. */
  TestBridge(Database database) {
    this.database = database;
  }

  TestBridge waking(WakeMode mode, Duration fallback) {
    wake = mode;
    fallbackInterval = fallback;
    return this;
  }

  TestBridge rotatingEvery(Duration interval) {
    rotationInterval = interval;
    return this;
  }

  /** Nor does it take the transaction id that a rotation takes. */
  TestBridge withoutRotation() {
    rotates = false;
    return this;
  }

  TestBridge withoutStartingState() {
    startingState = false;
    return this;
  }

  TestBridge following(OutboxRules other) {
    rules = other;
    return this;
  }

  TestBridge telling(Milestones who) {
    milestones = who;
    return this;
  }

  /** Begins where it had kept everything. */
  TestBridge start() {
    polled.clear();
    OutboxSource begun = source(database.url(), OWNER);
    source = begun;
    reached = begun.start(position);
    keep();
    begun.claim();
    return this;
  }

  /** A session such as the source has. */
  OutboxSession session() throws SQLException {
    Postgres postgres = postgres(database.url());
    return OutboxSession.open(
        postgres, new OutboxCheck(postgres.config(), OWNER, false), rules, new SourceListener() {});
  }

  private Postgres postgres(String url) {
    return new Postgres(new PostgresConfig(url, "postgres", null), sessions);
  }

  /** A source that nobody has started. */
  OutboxSource source(String url, OutboxOwner owner) {
    return new OutboxSource(
        postgres(url),
        new OutboxConfig(
            wake, Duration.ofMillis(50), fallbackInterval, rotationInterval, startingState, false),
        owner,
        false,
        rules,
        milestones,
        heard);
  }

  /** Polls once, and keeps nothing of it yet. */
  Batch look() {
    Batch batch = requireNonNull(source).poll(PATIENCE);
    polled.addAll(batch.changes());
    reached = batch.position();
    return batch;
  }

  /** Keeps what was polled, if there is a position that covers it; whether there is. */
  boolean keep() {
    if (reached == null) {
      return false;
    }
    kept.addAll(polled);
    polled.clear();
    position = reached;
    if (rotates) {
      requireNonNull(source).committed(position);
    }
    return true;
  }

  /** Polls and keeps, through every failure that passes. */
  Batch poll() throws SQLException {
    try {
      Batch batch = look();
      keep();
      return batch;
    } catch (StartAgainException e) {
      crash();
      start();
    } catch (TransientException e) {
      failures.add(e);
      polled.clear();
    }
    return new Batch(List.of(), null, Instant.EPOCH, null);
  }

  void pollUntil(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + ENOUGH.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError(
            "Waited in vain", failures.isEmpty() ? null : failures.get(failures.size() - 1));
      }
      poll();
    }
  }

  /** Until it has all that was committed before, and all starting states. */
  List<Change> drain() throws Exception {
    String marker = "marker " + SEQUENCE.incrementAndGet();
    database.run("select puck.publish('marker', '" + marker + "')");
    pollUntil(() -> hasAll() && messages("marker").contains(marker));
    return kept();
  }

  /** Its session is gone at once; it is still there. */
  void loseConnection() throws SQLException {
    database.text(
        "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
            + " where application_name = '%s'".formatted(sessions));
  }

  /** It is gone at once, and what it had not kept. */
  void crash() throws SQLException {
    loseConnection();
    close();
  }

  /** What was kept, without markers. */
  List<Change> kept() {
    return kept.stream()
        .filter(change -> !(change instanceof Message m && m.channel().equals("marker")))
        .toList();
  }

  /** The payloads of a channel's messages. */
  List<String> messages(String channel) {
    return kept.stream()
        .filter(Message.class::isInstance)
        .map(Message.class::cast)
        .filter(message -> message.channel().equals(channel))
        .map(message -> String.valueOf(message.payload()))
        .toList();
  }

  OutboxPosition position() {
    return OutboxPosition.of(requireNonNull(position));
  }

  /** It will begin with all that the outbox has, as if the other had not been there. */
  TestBridge fromBeginningOf(TestBridge other) {
    moveTo(OutboxPosition.earliest(other.position().database()));
    return this;
  }

  /** The test's session is another one now. */
  void moveTo(Database other) {
    database = other;
  }

  void moveTo(OutboxPosition other) {
    position = other.toPosition();
  }

  /** What passed. */
  List<RuntimeException> failures() {
    return failures;
  }

  Heard heard() {
    return heard;
  }

  OutboxSource source() {
    return requireNonNull(source);
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
      source = null;
    }
  }

  private boolean hasAll() throws SQLException {
    OutboxPosition at = position();
    return at.unfinished() == null
        && (!startingState
            || database.column("select id from puck.watched").stream()
                .map(id -> at.tables().get(Integer.valueOf(id)))
                .allMatch(StartingState.DONE::equals));
  }
}
