package dev.puck.bridge.relay;

import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Position;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries changes from a source to a publisher, in order: one thread reads, the thread that calls
 * {@link #run} publishes, and a queue bounded in bytes lies between.
 */
public final class Relay {
  private static final Logger LOGGER = LoggerFactory.getLogger(Relay.class);
  private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

  /**
   * More would not make it faster, would hold readers of committed records back, and, as all of it
   * may wait for Kafka at once, would take several times as much memory.
   */
  private static final long MAX_COMMIT_BYTES = 4 << 20;

  private static final Duration READER_PATIENCE = Duration.ofSeconds(2);

  private final BridgeIdentity identity;
  private final ChangeSource source;
  private final Publisher publisher;
  private final ChangeQueue queue;
  private final EventEncoder encoder;
  private final Reader reader;
  private final Thread readerThread;
  private final RelayListener listener;
  private final long commitIntervalNanos;

  private @Nullable Position position;
  private @Nullable Instant through;
  private @Nullable Position committed;
  private long lastCommit = System.nanoTime();

  /**
   * @param begun transactions of which a part was published before
   * @param source started; closed by the relay
   * @param publisher stays the caller's to close
   */
  public Relay(
      BridgeIdentity identity,
      Routes routes,
      List<OpenTransaction> begun,
      ChangeSource source,
      Publisher publisher,
      RelayLimits limits,
      RelayListener listener) {
    this.identity = identity;
    this.source = source;
    this.publisher = publisher;
    this.listener = listener;
    this.queue = new ChangeQueue(limits.queueMaxBytes());
    this.encoder = new EventEncoder(identity, routes, begun, publisher::partitions, listener);
    this.reader = new Reader(source, queue, new Backoff(RandomGenerator.getDefault()), listener);
    this.readerThread = new Thread(reader, "reader-" + identity.source() + "-" + identity.bridge());
    this.readerThread.setDaemon(true);
    this.commitIntervalNanos = limits.commitInterval().toNanos();
  }

  /**
   * Relays until {@link #stop}, and then what was read before it.
   *
   * @throws TransientException if publishing failed; what was not acknowledged may be lost
   */
  public void run() throws InterruptedException {
    readerThread.start();
    boolean drained = false;
    try {
      while (readerThread.isAlive() || !queue.isEmpty()) {
        publishNext();
        commitIfDue();
      }
      commit();
      publisher.flush();
      drained = true;
    } finally {
      reader.stop();
      if (!drained) {
        // It may wait for room in a queue that nobody empties any more.
        readerThread.interrupt();
        awaitReader();
      }
    }
    @Nullable Throwable fault = reader.failure();
    if (fault != null) {
      throw new TransientException("Reading ended by a fault: " + fault, fault);
    }
  }

  /** Asks {@link #run} to stop reading, publish what was read, and return. Any thread. */
  public void stop() {
    reader.stop();
  }

  /** How many bytes of changes wait to be published. Any thread. */
  public long queuedBytes() {
    return queue.bytes();
  }

  /** What waits goes together, so that under load many changes share one commit. */
  private void publishNext() throws InterruptedException {
    @Nullable Batch batch = queue.poll(patience());
    long bytes = 0;
    while (batch != null) {
      bytes += publish(batch);
      batch = bytes < MAX_COMMIT_BYTES ? queue.poll(Duration.ZERO) : null;
    }
  }

  /** What was published waits no longer for its checkpoint than was configured. */
  private Duration patience() {
    long untilDue = lastCommit + commitIntervalNanos - System.nanoTime();
    boolean isToCommit = position != null && !position.equals(committed);
    return Duration.ofNanos(isToCommit ? Math.min(PATIENCE_NANOS, untilDue) : PATIENCE_NANOS);
  }

  /** How many bytes of records it became. */
  private long publish(Batch batch) {
    List<OutgoingEvent> events = encoder.encode(batch);
    // Nothing to publish, too: what Kafka refused since the last time is dealt with then.
    publisher.publish(events);
    if (!events.isEmpty()) {
      listener.published(events.size());
    }
    position = batch.position();
    through = batch.through();
    return events.stream().mapToLong(OutgoingEvent::sizeInBytes).sum();
  }

  /** Waits even when interrupted, so that its connection is released when {@link #run} returns. */
  private void awaitReader() {
    boolean interrupted = Thread.interrupted();
    try {
      readerThread.join(READER_PATIENCE.toMillis());
      if (readerThread.isAlive()) {
        LOGGER.atWarn().log("The reader still waits for the source, and will end by itself");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void commitIfDue() {
    if (System.nanoTime() - lastCommit >= commitIntervalNanos) {
      commit();
    }
  }

  private void commit() {
    @Nullable Position reached = position;
    @Nullable Instant covered = through;
    lastCommit = System.nanoTime();
    if (reached == null || covered == null || reached.equals(committed)) {
      return;
    }
    publisher.commit(identity.checkpoint(reached, covered, encoder.open()).toEvent());
    committed = reached;
    source.committed(reached);
  }
}
