package dev.puck.lab.endurance;

import dev.puck.lab.bench.stage.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads along, committed records only, through all that happens, in a thread of its own. */
final class Witness implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Audit audit = new Audit();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::run, "witness");
  private volatile boolean stopping;

  private Witness(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Begins to read that topic, which exists. */
  static Witness start(String kafka, String topic) {
    Witness witness = new Witness(Reading.fromBeginning(kafka, topic));
    witness.thread.setDaemon(true);
    witness.thread.start();
    return witness;
  }

  /** What it thinks of the records so far. */
  Audit audit() {
    @Nullable RuntimeException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Nobody reads along any more", failed);
    }
    return audit;
  }

  /** Reads all that there is now, and no more. Call it when nobody publishes any more. */
  void finish() throws InterruptedException {
    stop();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isAt(ends)) {
      consumer.poll(POLL).forEach(audit::add);
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("A transaction hangs: not all can be read up to " + ends);
      }
    }
  }

  @Override
  public void close() {
    try {
      stop();
      consumer.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() throws InterruptedException {
    stopping = true;
    thread.join();
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= Objects.requireNonNull(end.getValue()));
  }

  private void run() {
    try {
      while (!stopping) {
        consumer.poll(POLL).forEach(audit::add);
      }
    } catch (KafkaException e) {
      failure.set(e);
    }
  }
}
