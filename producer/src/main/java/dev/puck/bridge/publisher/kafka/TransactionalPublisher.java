package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.publisher.kafka.TransactionFailure.Step;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes in Kafka transactions: what was published since the last commit becomes visible with
 * the next checkpoint, all of it or nothing.
 *
 * <p>Whatever fails is unknown, and ends this publisher. The next one's {@link #open} aborts what
 * this one left open, and only then can Kafka say how far it came. No call blocks much longer than
 * ten seconds.
 */
public final class TransactionalPublisher implements Publisher {
  /** An open transaction holds back every reader of its topics, whoever owns it. */
  private static final int TRANSACTION_TIMEOUT_MS = 15_000;

  private static final int PATIENCE_MS = 10_000;

  /** So that whoever takes over need not wait long between its questions. */
  private static final long ASK_AGAIN_MS = 20;

  /** Enough for an abort if Kafka answers, and no more if it does not. */
  private static final Duration ABORT_PATIENCE = Duration.ofMillis(800);

  /** For the producer's thread to end after that, which it does at once unless it connects. */
  private static final Duration CLOSE_PATIENCE = Duration.ofMillis(1_200);

  // Order cannot be lost in a transaction as it could outside of one: each begins its numbers at 0,
  // a broker with transaction protocol 2 takes no other first, and what was refused for good keeps
  // all of it from being committed.
  private static final int IN_FLIGHT = 5;

  /** So that batches fill. It costs no time: a commit sends what is there. */
  private static final int LINGER_MS = 5;

  private final String transactionalId;
  private final Producer<byte[], byte[]> producer;
  private final EventSender sender;
  private final Acknowledgements acknowledgements;
  private final Milestones milestones;
  private final TransactionFailure failures;
  private final AtomicLong uncommitted = new AtomicLong();
  private volatile @Nullable RuntimeException failure;
  private boolean begun;

  TransactionalPublisher(
      ProducerClient client, String transactionalId, EventSender sender, Milestones milestones) {
    this.transactionalId = transactionalId;
    this.producer = client.producer();
    this.sender = sender;
    this.acknowledgements = sender.acknowledgements();
    this.milestones = milestones;
    this.failures = new TransactionFailure(client.address(), transactionalId);
  }

  /**
   * A publisher to that cluster, under the bridge's name.
   *
   * @param topics begun
   * @param oversize what becomes of a record that is too large for its topic; closed with it
   * @param deadLettered hears of each such record
   */
  public static TransactionalPublisher create(
      Kafka kafka,
      String bridge,
      KnownTopics topics,
      Oversize oversize,
      Consumer<OutgoingEvent> deadLettered,
      Milestones milestones) {
    String id = "puck-bridge-" + bridge;
    ProducerClient client = ProducerClient.create(kafka, id, topics, properties(id));
    EventSender sender = new EventSender(client, topics, oversize, deadLettered, milestones);
    return new TransactionalPublisher(client, id, sender, milestones);
  }

  private static Map<String, Object> properties(String transactionalId) {
    return Map.of(
        ProducerConfig.LINGER_MS_CONFIG, LINGER_MS,
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId,
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS,
        ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) PATIENCE_MS,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS,
        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, IN_FLIGHT,
        ProducerConfig.RETRY_BACKOFF_MS_CONFIG, ASK_AGAIN_MS);
  }

  @Override
  public void open() throws InterruptedException {
    try {
      attempt(Step.OPENING, producer::initTransactions);
    } catch (TransientException e) {
      if (e.getCause() instanceof InterruptException && Thread.interrupted()) {
        throw interrupted(e);
      }
      throw e;
    }
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    attempt(
        Step.PUBLISHING,
        () -> {
          sender.prepare(events);
          if (!events.isEmpty()) {
            begin();
            uncommitted.addAndGet(events.size());
            sender.send(events);
          }
        });
  }

  @Override
  public void claim(OutgoingEvent checkpoint) {
    commit(checkpoint);
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    attempt(
        Step.COMMITTING,
        () -> {
          begin();
          sender.send(checkpoint);
          milestones.passed(Milestone.COMMITTING);
          producer.commitTransaction();
          begun = false;
          uncommitted.set(0);
          milestones.passed(Milestone.COMMITTED);
        });
  }

  @Override
  public void flush() {
    attempt(Step.PUBLISHING, producer::flush);
  }

  @Override
  public boolean isFenced() {
    return true;
  }

  @Override
  public int partitions(String topic) {
    AtomicInteger partitions = new AtomicInteger();
    attempt(Step.PUBLISHING, () -> partitions.set(sender.partitions(topic)));
    return partitions.get();
  }

  @Override
  public Optional<String> problem() {
    @Nullable RuntimeException known = failure;
    return known == null
        ? acknowledgements.problem()
        : Optional.of(String.valueOf(known.getMessage()));
  }

  /** Also those that Kafka has stored, but not committed. */
  @Override
  public long pending() {
    return uncommitted.get();
  }

  /**
   * Aborts what is open if Kafka answers at once. Works when interrupted, too. While a broker
   * neither answers nor hangs up, the producer's thread may outlive it by some seconds; it sends
   * nothing more then.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    Thread closing = new Thread(this::closeProducer, "close-" + transactionalId);
    closing.setDaemon(true);
    closing.start();
    try (sender) {
      closing.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeProducer() {
    producer.close(begun ? ABORT_PATIENCE : Duration.ZERO);
  }

  private void begin() {
    if (!begun) {
      producer.beginTransaction();
      begun = true;
      milestones.passed(Milestone.BEGUN);
    }
  }

  /** Once anything failed, everything does. */
  private void attempt(Step step, Runnable work) {
    @Nullable RuntimeException earlier = failure;
    if (earlier != null) {
      throw earlier;
    }
    try {
      work.run();
      recordFailure().ifPresent(TransactionalPublisher::raise);
    } catch (KafkaException e) {
      // What became of a record says more than what became of the transaction by it.
      raise(failed(recordFailure().orElseGet(() -> failures.of(step, e))));
    } catch (RuntimeException e) {
      raise(failed(e));
    }
  }

  private Optional<RuntimeException> recordFailure() {
    List<OutgoingEvent> refused = sender.noteRefused();
    if (!refused.isEmpty()) {
      return Optional.of(TransactionFailure.tooLarge(refused.get(0)));
    }
    return acknowledgements.failure().map(cause -> failures.of(Step.PUBLISHING, cause));
  }

  private RuntimeException failed(RuntimeException e) {
    failure = e;
    return e;
  }

  private static InterruptedException interrupted(Throwable cause) {
    InterruptedException e = new InterruptedException("Interrupted while taking over");
    e.initCause(cause);
    return e;
  }

  private static void raise(RuntimeException e) {
    throw e;
  }
}
