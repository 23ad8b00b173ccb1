package dev.puck.bridge.metric;

import dev.puck.bridge.relay.RelayListener;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.SourceListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Counts what the relay does, over all its runs. Thread-safe. */
public final class BridgeMetrics implements RelayListener, SourceListener {
  private static final Logger LOGGER = LoggerFactory.getLogger(BridgeMetrics.class);
  private static final String OTHER = "other";
  private static final int GAPS_KEPT = 100;
  private static final long REMINDER_NANOS = Duration.ofMinutes(1).toNanos();

  private final Counter received;
  private final Counter published;
  private final Counter gaps;
  private final Counter sourceFailures;
  private final Counter polls;
  private final Counter rotations;
  private final Counter startingRows;
  private final Counter wokenByNotification;
  private final Counter wokenByTimeout;
  private final Counter fenced;
  private final Counter failedOtherwise;
  private final Counter misfits;
  private final Counter unavailable;
  private final SlotGauges slot;
  private final StartingStates startingStates = new StartingStates();
  private final Map<String, Counter> deadLetters = new ConcurrentHashMap<>();
  private final Deque<Gap> latestGaps = new ArrayDeque<>();
  private final AtomicLong nextReminder = new AtomicLong(System.nanoTime());

  /**
   * @param names the channels and tables of the routes; dead letters have them as labels, and those
   *     of all others share one
   */
  public BridgeMetrics(MeterRegistry registry, Collection<String> names) {
    received = counter(registry, "received.changes", "Changes read from PostgreSQL.");
    published = counter(registry, "published.events", "Events handed to Kafka.");
    gaps = counter(registry, "gaps", "Intervals in which changes may have been missed.");
    polls = counter(registry, "outbox.polls", "Times the bridge looked into the outbox.");
    rotations = counter(registry, "outbox.rotations", "Times an outbox table was emptied.");
    startingRows =
        counter(registry, "starting.state.rows", "Rows of tables' starting states that were read.");
    misfits =
        counter(registry, "misfits", "Values that did not fit their type, passed on as they came.");
    unavailable =
        counter(
            registry,
            "wal.unavailable.values",
            "Unchanged TOAST values that the WAL lacks; REPLICA IDENTITY FULL brings them.");
    slot = new SlotGauges(registry);
    fenced = failures(registry, "fenced");
    failedOtherwise = failures(registry, OTHER);
    wokenByNotification = wakeUps(registry, Wake.NOTIFICATION);
    wokenByTimeout = wakeUps(registry, Wake.TIMEOUT);
    sourceFailures = counter(registry, "source.failures", "Times the source's connection failed.");
    for (String name : Stream.concat(names.stream(), Stream.of(OTHER)).toList()) {
      deadLetters.put(
          name,
          Counter.builder("puck.bridge.dead.letters")
              .description("Changes that could not be published as their route wants.")
              .tag("channel", name)
              .register(registry));
    }
  }

  @Override
  public void received(int changes) {
    received.increment(changes);
  }

  @Override
  public void published(int events) {
    published.increment(events);
  }

  @Override
  public void deadLettered(String from, @Nullable String reason) {
    @Nullable Counter counter = deadLetters.getOrDefault(from, deadLetters.get(OTHER));
    if (counter != null) {
      counter.increment();
    }
    LOGGER
        .atLevel(isReminderDue() ? Level.WARN : Level.DEBUG)
        .addKeyValue("channel", from)
        .addKeyValue("error", reason)
        .addKeyValue("total", deadLetterCount())
        .log("Change went to the dead letters");
  }

  /** A channel of bad messages must not flood the log; the counter tells how many there are. */
  private boolean isReminderDue() {
    long now = System.nanoTime();
    long due = nextReminder.get();
    return now - due >= 0 && nextReminder.compareAndSet(due, now + REMINDER_NANOS);
  }

  @Override
  public void gap(Gap gap) {
    gaps.increment();
    synchronized (latestGaps) {
      if (latestGaps.size() == GAPS_KEPT) {
        latestGaps.removeFirst();
      }
      latestGaps.addLast(gap);
    }
    LOGGER
        .atWarn()
        .addKeyValue("from", gap.from())
        .addKeyValue("to", gap.to())
        .addKeyValue("error", gap.reason())
        .log("Gap: changes may have been missed");
  }

  @Override
  public void sourceFailed(RuntimeException failure) {
    sourceFailures.increment();
  }

  /** Relaying ended by a failure, or could not begin, and is tried again. */
  public void failed(boolean wasFenced) {
    (wasFenced ? fenced : failedOtherwise).increment();
  }

  @Override
  public void polled() {
    polls.increment();
  }

  @Override
  public void woken(Wake by) {
    (by == Wake.NOTIFICATION ? wokenByNotification : wokenByTimeout).increment();
  }

  @Override
  public void rotated() {
    rotations.increment();
  }

  @Override
  public void startingState(Relation relation, long rows, long estimated, boolean done) {
    startingRows.increment((double) rows);
    startingStates.read(relation, rows, estimated, done);
  }

  @Override
  public void misfit(long values) {
    misfits.increment((double) values);
  }

  @Override
  public void unavailable(long values) {
    unavailable.increment((double) values);
  }

  @Override
  public void slot(long retainedBytes, @Nullable Long safeBytes, String walStatus) {
    slot.set(retainedBytes, safeBytes, walStatus);
  }

  public long receivedChanges() {
    return (long) received.count();
  }

  public long publishedEvents() {
    return (long) published.count();
  }

  public long gapCount() {
    return (long) gaps.count();
  }

  public long deadLetterCount() {
    return (long) deadLetters.values().stream().mapToDouble(Counter::count).sum();
  }

  /** Rows read so far of each table whose starting state is not complete. */
  public Map<String, Long> startingState() {
    return startingStates.unfinished();
  }

  /** How the slot was lately; empty without one. */
  public Optional<SlotState> slotState() {
    return slot.state();
  }

  /** The newest gaps, oldest first. */
  public List<Gap> latestGaps() {
    synchronized (latestGaps) {
      return List.copyOf(latestGaps);
    }
  }

  private static Counter wakeUps(MeterRegistry registry, Wake by) {
    return Counter.builder("puck.bridge.outbox.wakeups")
        .description("Times a sleeping bridge found changes, by what made it look.")
        .tag("by", by.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  private static Counter failures(MeterRegistry registry, String reason) {
    return Counter.builder("puck.bridge.failures")
        .description("Times relaying ended by a failure; fenced: another process publishes.")
        .tag("reason", reason)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder("puck.bridge." + name).description(description).register(registry);
  }
}
