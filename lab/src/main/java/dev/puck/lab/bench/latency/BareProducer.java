package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.stage.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How long Kafka takes to acknowledge a record to a producer that does nothing else. */
final class BareProducer {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final byte[] VALUE = "x".repeat(600).getBytes(StandardCharsets.UTF_8);

  private BareProducer() {}

  /**
   * Measures it at that rate.
   *
   * @return nanoseconds from handing a record over to its acknowledgement
   */
  static Histogram measure(Plan plan, String kafka, String topic, int perSecond) {
    try (Producer<byte[], byte[]> producer = producer(kafka)) {
      producer.partitionsFor(topic);
      send(producer, topic, perSecond, plan.warmUp());
      return send(producer, topic, perSecond, plan.duration());
    }
  }

  /** As the bridge's at-least-once producer: it waits for nothing. */
  private static Producer<byte[], byte[]> producer(String kafka) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of it.
  private static Histogram send(
      Producer<byte[], byte[]> producer, String topic, int perSecond, Duration duration) {
    Histogram acknowledged = new ConcurrentHistogram(LONGEST_NANOS, 3);
    long begin = System.nanoTime();
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    for (int i = 0; i < BareListen.count(duration, perSecond); i++) {
      long due = begin + i * interval;
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      byte[] key = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
      long sent = System.nanoTime();
      producer.send(
          new ProducerRecord<>(topic, key, VALUE),
          (stored, e) ->
              acknowledged.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - sent)));
    }
    producer.flush();
    return acknowledged;
  }
}
