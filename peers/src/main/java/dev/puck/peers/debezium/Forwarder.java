package dev.puck.peers.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the engine gives to one topic, at least once: a batch is processed when Kafka has
 * acknowledged all of it.
 */
final class Forwarder
    implements DebeziumEngine.ChangeConsumer<ChangeEvent<byte[], byte[]>>, AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final CountDownLatch drained = new CountDownLatch(1);
  private long left;

  /**
   * @param count after so many, it is drained
   */
  Forwarder(String kafka, String topic, long count) {
    this.topic = topic;
    this.left = count;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 16),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.partitionsFor(topic);
  }

  /** Returns when so many are in Kafka. */
  void awaitDrained() throws InterruptedException {
    drained.await();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of it.
  public void handleBatch(
      List<ChangeEvent<byte[], byte[]>> batch,
      DebeziumEngine.RecordCommitter<ChangeEvent<byte[], byte[]>> committer)
      throws InterruptedException {
    for (ChangeEvent<byte[], byte[]> each : batch) {
      producer.send(
          new ProducerRecord<>(topic, each.key(), each.value()),
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
    for (ChangeEvent<byte[], byte[]> each : batch) {
      committer.markProcessed(each);
    }
    committer.markBatchFinished();
    left -= batch.size();
    if (left <= 0) {
      drained.countDown();
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
