package dev.puck.lab.bench.consumer;

import dev.puck.event.EventHeaders;
import dev.puck.event.EventPosition;
import dev.puck.lab.bench.drain.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a bridge's events once more at a steady rate, each time with a later position and as
 * committed just now, until it is closed.
 */
final class EventLoad implements AutoCloseable {
  /** Later than any that the bridge has had. */
  private static final int EPOCH = 1_000;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<ProducerRecord<byte[], byte[]>> samples;
  private final Producer<byte[], byte[]> producer;
  private final int perSecond;
  private final long firstBatch;
  private final Thread thread = new Thread(this::publish, "event-load");
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile long sent;

  private EventLoad(
      List<ProducerRecord<byte[], byte[]>> samples,
      Producer<byte[], byte[]> producer,
      int perSecond,
      long firstBatch) {
    this.samples = samples;
    this.producer = producer;
    this.perSecond = perSecond;
    this.firstBatch = firstBatch;
  }

  /**
   * Begins.
   *
   * @param from the topic with the bridge's events
   * @param to where they go
   * @param firstBatch the batch of the first; positions that were used before must not come again
   */
  static EventLoad start(String kafka, String from, String to, int perSecond, long firstBatch) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    EventLoad load = new EventLoad(Samples.read(kafka, from, to), producer, perSecond, firstBatch);
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  /** The batch after its last. */
  long nextBatch() {
    return firstBatch + sent;
  }

  /** Ends it; all that it sent is in Kafka then. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
    @Nullable Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("An event was not stored", failed);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of it.
  private void publish() {
    long begin = System.nanoTime();
    long count = 0;
    while (!stopping) {
      long due = (System.nanoTime() - begin) * perSecond / TimeUnit.SECONDS.toNanos(1);
      for (; count < due; count++) {
        producer.send(event(count), (stored, e) -> failure.accumulateAndGet(e, EventLoad::first));
        sent = count + 1;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static @Nullable Exception first(@Nullable Exception one, @Nullable Exception other) {
    return one == null ? other : one;
  }

  private ProducerRecord<byte[], byte[]> event(long number) {
    ProducerRecord<byte[], byte[]> sample = samples.get((int) (number % samples.size()));
    ProducerRecord<byte[], byte[]> event =
        new ProducerRecord<>(sample.topic(), null, sample.key(), sample.value(), sample.headers());
    event.headers().remove(EventHeaders.POSITION).remove(EventHeaders.COMMITTED);
    event
        .headers()
        .add(EventHeaders.POSITION, new EventPosition(EPOCH, firstBatch + number, 0).bytes());
    event.headers().add(EventHeaders.COMMITTED, micros());
    return event;
  }

  private static byte[] micros() {
    return Long.toString(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()))
        .getBytes(StandardCharsets.US_ASCII);
  }
}
