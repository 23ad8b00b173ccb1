package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.StalledException;
import dev.puck.consumer.projection.UnbuiltException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls, hands over to the projection, and after any failure asks it where to go on. While
 * something is away it keeps polling with everything paused, so that it stays in its group.
 *
 * <p>Owns the client. Runs in one thread; only {@link #stop} is for others.
 */
final class SubscriptionLoop implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SubscriptionLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LEAVE = Duration.ofSeconds(2);

  private final Projection projection;
  private final Assignment assignment;
  private final Consumer<byte[], byte[]> consumer;
  private final Reporter reporter;

  private final Waiters waiters = new Waiters();
  private final Positions positions;
  private final Standing standing;
  private final Rest rest = new Rest(new Backoff(new Random()));
  private final Errands errands = new Errands();
  private volatile boolean stopping;

  SubscriptionLoop(
      Projection projection,
      Assignment assignment,
      Consumer<byte[], byte[]> consumer,
      Reporter reporter) {
    this.projection = projection;
    this.assignment = assignment;
    this.consumer = consumer;
    this.reporter = reporter;
    Lag lag = new Lag(consumer);
    WarmUp warmUp = new WarmUp();
    this.standing = new Standing(lag, warmUp, reporter);
    this.positions = new Positions(consumer, projection, warmUp, lag, waiters);
  }

  /** Asks it to end: it finishes the batch at hand, and leaves its group. */
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  /** How far it is. Thread-safe. */
  Waiters waiters() {
    return waiters;
  }

  /** What its thread is to do between batches. Thread-safe. */
  Errands errands() {
    return errands;
  }

  /** Frees the client of a loop that never ran. */
  void discard() {
    errands.end();
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  @Override
  public void run() {
    try {
      while (!stopping) {
        round();
      }
    } catch (Throwable e) {
      ended(e);
    } finally {
      errands.end();
      leave();
    }
  }

  private void ended(Throwable e) {
    boolean asked = stopping && (e instanceof WakeupException || e instanceof InterruptException);
    if (!asked) {
      reporter.failed(e);
    }
  }

  private void leave() {
    try {
      consumer.close(CloseOptions.timeout(LEAVE));
    } catch (KafkaException e) {
      LOGGER.atWarn().setCause(e).log("Kafka's client did not close in order");
    }
  }

  private void round() {
    try {
      step();
    } catch (FencedException e) {
      reporter.fenced(String.valueOf(e.getMessage()));
      retry();
    } catch (UnbuiltException e) {
      LOGGER.debug("Projection waits for its first state", e);
      retry();
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (TransientException | StalledException | KafkaException e) {
      reporter.degraded(e);
      retry();
      standing.paused();
    }
  }

  private void step() {
    assignment.refresh(consumer, positions);
    ConsumerRecords<byte[], byte[]> records = poll();
    if (rest.isOver()) {
      positions.restore();
      apply(records);
      errands.run();
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(rest.atMost(POLL));
    } catch (InvalidOffsetException e) {
      // Kafka no longer has what comes next.
      positions.skipToBeginning(e).forEach(reporter::gap);
      return ConsumerRecords.empty();
    }
  }

  private void apply(ConsumerRecords<byte[], byte[]> records) {
    Intake intake = Intake.of(records);
    if (intake.batch().next().isEmpty()) {
      projection.idle();
      if (standing.idle()) {
        rest.end();
      }
      return;
    }
    long start = System.nanoTime();
    Applied applied = projection.apply(intake.batch());
    reporter.applied(intake, applied, System.nanoTime() - start);
    positions.reached(intake.batch().next());
    assignment.applied(consumer, records.nextOffsets());
    rest.end();
    standing.applied();
  }

  private void retry() {
    positions.forgetAll();
    rest.begin();
  }
}
