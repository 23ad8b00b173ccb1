package dev.puck.consumer.subscription;

import dev.puck.consumer.projection.Gap;
import dev.puck.consumer.projection.Projection;
import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.service.connection.Kafka;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one projection up to date from Kafka, in a thread of its own. Thread-safe. */
public final class Subscription implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Subscription.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Reporter reporter;
  private final SubscriptionLoop loop;
  private final Thread thread;

  private Subscription(String name, Reporter reporter, SubscriptionLoop loop) {
    this.reporter = reporter;
    this.loop = loop;
    this.thread = new Thread(loop, name);
  }

  /**
   * A subscription that is not running yet.
   *
   * @param onGap told of each gap once, by the subscription's thread; must not block
   * @throws dev.puck.service.config.ConfigException if Kafka's client refuses its properties
   */
  public static Subscription create(
      Kafka kafka,
      String clientId,
      Assignment assignment,
      Projection projection,
      MeterRegistry registry,
      Consumer<Gap> onGap) {
    Reporter reporter =
        new Reporter(projection, assignment.topics(), registry, Clock.systemUTC(), onGap);
    return new Subscription(
        "projection-" + projection.kind().text() + "-" + projection.name(),
        reporter,
        new SubscriptionLoop(
            projection, assignment, Consumers.create(kafka, clientId, assignment), reporter));
  }

  public void start() {
    thread.start();
  }

  public ProjectionStatus status() {
    return reporter.status();
  }

  /** Whether the projection has been up to date once, and its thread lives. */
  public boolean isReadable() {
    return reporter.progress().isReadable();
  }

  /** How long ago it knew last that everything in its topics was applied. */
  public Duration age() {
    return reporter.progress().age();
  }

  /** The partitions that this process reads, as far as it knows where. */
  public Set<TopicPartition> partitions() {
    return loop.waiters().partitions();
  }

  /**
   * Done once everything before these offsets can be seen by readers; whoever gives up cancels it.
   */
  public CompletableFuture<Void> whenReached(Map<TopicPartition, Long> offsets) {
    return loop.waiters().when(offsets);
  }

  /**
   * Lets the projection's thread do that between two batches, while the projection goes on; fails
   * as the work does. Whoever gives up before it is begun cancels it.
   */
  public <T> CompletableFuture<T> run(Supplier<T> work) {
    return loop.errands().add(work);
  }

  /** Asks it to end, and does not wait: so that several can end at once. */
  public void signalClose() {
    loop.stop();
  }

  /** Ends it: the batch at hand is finished, the group is left; after 5 s it goes on regardless. */
  @Override
  public void close() {
    signalClose();
    if (thread.getState() == Thread.State.NEW) {
      loop.discard();
      return;
    }
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOGGER.atWarn().addKeyValue("thread", thread.getName()).log("Still busy; not waited for");
      thread.interrupt();
    }
  }
}
