package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.Gap;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.StalledException;
import dev.puck.consumer.projection.UnbuiltException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
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
  private static final OptionalLong NONE = OptionalLong.of(0);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LEAVE = Duration.ofSeconds(2);

  private final Projection projection;
  private final Assignment assignment;
  private final Consumer<byte[], byte[]> consumer;
  private final Reporter reporter;

  private final WarmUp warmUp = new WarmUp();
  private final Lag lag;
  private final Waiters waiters = new Waiters();
  private final Positions positions;
  private final Rest rest = new Rest(new Backoff(new Random()));
  private final Silence silence = new Silence();
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
    this.lag = new Lag(consumer);
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
      observeLag();
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
      skip(e);
      return ConsumerRecords.empty();
    }
  }

  private void apply(ConsumerRecords<byte[], byte[]> records) {
    Intake intake = Intake.of(records);
    if (!intake.batch().next().isEmpty()) {
      long start = System.nanoTime();
      Applied applied = projection.apply(intake.batch());
      reporter.applied(intake, applied, System.nanoTime() - start);
      positions.reached(intake.batch().next());
      assignment.applied(consumer, records.nextOffsets());
    } else {
      projection.idle();
    }
    observe(intake.batch().next().isEmpty());
    if (warmUp.isOver()) {
      reporter.warm();
    }
  }

  /** Where nothing came, "all is well" must be Kafka's word, and not a guess. */
  private void observe(boolean nothingCame) {
    boolean ask = nothingCame && (silence.isLong() || reporter.progress().error().isPresent());
    OptionalLong behind = ask ? lag.ask() : lag.know();
    behind.ifPresent(reporter.progress()::lag);
    if (ask || !nothingCame) {
      silence.end();
      if (behind.equals(NONE)) {
        reporter.progress().upToDate();
      }
    }
    if (!nothingCame || (ask && behind.equals(NONE))) {
      rest.end();
      reporter.recovered();
    }
  }

  /** What counts the lag while everything is paused. */
  private void observeLag() {
    try {
      lag.ask().ifPresent(reporter.progress()::lag);
    } catch (TransientException | KafkaException e) {
      LOGGER.debug("The lag is unknown meanwhile", e);
    }
  }

  private void retry() {
    positions.forgetAll();
    rest.begin();
  }

  /** Kafka no longer has what comes next. Until projections can resync, that is a gap. */
  private void skip(InvalidOffsetException e) {
    Set<TopicPartition> partitions = e.partitions();
    Map<TopicPartition, Long> wanted =
        e instanceof OffsetOutOfRangeException range
            ? range.offsetOutOfRangePartitions()
            : Map.of();
    positions
        .skipToBeginning(partitions)
        .forEach((partition, begin) -> reporter.gap(missing(partition, wanted, begin)));
  }

  private static Gap missing(
      TopicPartition partition, Map<TopicPartition, Long> wanted, long begin) {
    Long offset = wanted.get(partition);
    String place = partition + (offset == null ? "" : "@" + offset);
    return new Gap(
        "out-of-range:" + place,
        partition.topic(),
        null,
        null,
        place + " is not in Kafka any more, or not yet; reading on from " + begin);
  }
}
