package dev.puck.lab.bench.drain;

import ch.qos.logback.classic.Level;
import dev.puck.lab.process.ParentLine;
import dev.puck.service.logging.Logging;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The main class of what the bridge is compared with: a producer that only sends. Its records are
 * some of those that the bridge published, again and again.
 */
final class BareProducerMain {
  static final String READY = "ready";
  static final String SENT = "sent ";

  private BareProducerMain() {}

  /**
   * Takes Kafka, the topic to take records from, how many to send, the topic to send them to first,
   * and the one that counts.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    String kafka = arguments[0];
    int count = Integer.parseInt(arguments[2]);
    String topic = arguments[4];
    ParentLine parent = new ParentLine();
    List<ProducerRecord<byte[], byte[]>> samples = Samples.read(kafka, arguments[1], topic);
    try (Producer<byte[], byte[]> producer = producer(kafka)) {
      send(producer, Samples.read(kafka, arguments[1], arguments[3]), count);
      producer.partitionsFor(topic);
      parent.tell(READY);
      if (parent.next() != null) {
        long begin = System.nanoTime();
        send(producer, samples, count);
        parent.tell(SENT + (System.nanoTime() - begin));
        parent.awaitEnd();
      }
    }
  }

  /**
   * Idempotent and acknowledged by all replicas, as by default; batches as large as the bridge's.
   */
  private static Producer<byte[], byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 16),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of it.
  private static void send(
      Producer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> samples, int count) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    for (int i = 0; i < count; i++) {
      producer.send(
          samples.get(i % samples.size()),
          (stored, e) -> {
            if (e != null) {
              failure.set(e);
            }
          });
    }
    producer.flush();
    @Nullable Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("A record was not stored", failed);
    }
  }
}
