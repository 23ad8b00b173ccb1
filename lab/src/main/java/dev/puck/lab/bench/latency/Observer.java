package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.stage.Reading;
import dev.puck.lab.bench.stage.RecordNumber;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Reads a topic as a consumer does that wants to see what is committed, and nothing else. */
final class Observer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final Arrivals arrivals;
  private final Thread thread = new Thread(this::read, "observer");

  private Observer(Consumer<byte[], byte[]> consumer, Arrivals arrivals) {
    this.consumer = consumer;
    this.arrivals = arrivals;
  }

  /** One that notes what comes from now on. */
  static Observer start(String kafka, String topic, Arrivals arrivals) {
    Observer observer = new Observer(Reading.fromEnd(kafka, topic), arrivals);
    observer.thread.setDaemon(true);
    observer.thread.start();
    return observer;
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (consumer) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(PATIENCE)) {
          long number = RecordNumber.of(each);
          if (number >= 0) {
            arrivals.arrived(number);
          }
        }
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }
}
