package dev.puck.bridge.deadletter;

import dev.puck.bridge.publisher.EventHeader;
import dev.puck.event.DeadLetterTopic;
import dev.puck.event.EventHeaders;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a dead letter to its topic, in one Kafka transaction with the note that it was, where
 * the letter itself is in Kafka.
 */
final class Replay {
  private final Kafka kafka;

  Replay(Kafka kafka) {
    this.kafka = kafka;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The commit fails if a record did.
  void publish(StoredDeadLetter letter, Optional<String> key) {
    int patience = Math.toIntExact(Kafka.PATIENCE.toMillis());
    Producer<byte[], byte[]> producer =
        kafka.client(
            Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "puck-replay-" + UUID.randomUUID(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) patience,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                patience,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                patience / 2,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                bufferBytes(letter)),
            all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    try {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(event(letter, key));
      if (!letter.reference().startsWith(LetterTable.REFERENCE)) {
        producer.send(mark(letter));
      }
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new TransientException(
          letter.reference()
              + " was not replayed ("
              + e.getMessage()
              + "). If it is too large, raise max.message.bytes of topic '"
              + letter.topic()
              + "'.",
          e);
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static long bufferBytes(StoredDeadLetter letter) {
    byte @Nullable [] value = letter.value();
    return (32L << 20) + (value == null ? 0 : value.length);
  }

  private static ProducerRecord<byte[], byte[]> event(
      StoredDeadLetter letter, Optional<String> key) {
    byte @Nullable [] bytes =
        key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(letter.key());
    ProducerRecord<byte[], byte[]> event =
        new ProducerRecord<>(letter.topic(), bytes, letter.value());
    for (EventHeader header : letter.headers()) {
      event.headers().add(header.name(), header.value());
    }
    return event;
  }

  private static ProducerRecord<byte[], byte[]> mark(StoredDeadLetter letter) {
    ProducerRecord<byte[], byte[]> mark =
        new ProducerRecord<>(DeadLetterTopic.of(letter.topic()), null, null);
    mark.headers()
        .add(
            EventHeaders.DEAD_LETTER_REPLAYED, letter.reference().getBytes(StandardCharsets.UTF_8));
    return mark;
  }
}
