package dev.puck.consumer.deadletter;

import static java.util.Objects.requireNonNullElse;

import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.DeadLetters;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.event.DeadLetterTopic;
import dev.puck.event.EventHeaders;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps dead letters in {@code TOPIC.dead-letter}: the original key, payload and headers, and why
 * it is one in headers of our own. Thread-safe.
 */
public final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
  private static final String VERSION =
      requireNonNullElse(KafkaDeadLetters.class.getPackage().getImplementationVersion(), "dev");
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String consumer;
  private final DeadLetterTopics topics;
  private final Producer<byte[], byte[]> producer;

  /**
   * Those of that consumer.
   *
   * @throws dev.puck.service.retry.TransientException if no server's name can be resolved
   * @throws dev.puck.service.config.ConfigException if Kafka's client refuses its properties
   */
  public KafkaDeadLetters(Kafka kafka, String consumer) {
    this.consumer = consumer;
    this.topics = new DeadLetterTopics(kafka);
    int patience = (int) Kafka.PATIENCE.toMillis();
    this.producer =
        kafka.client(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                consumer + ".dead-letters",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                patience,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                patience / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                patience,
                // With our headers a letter is larger than the event that Kafka took.
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                DeadLetterTopics.MAX_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * DeadLetterTopics.MAX_BYTES),
            all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public void send(List<DeadLetter> letters) {
    sendAll(letters.stream().map(this::record).toList());
  }

  /** Notes behind the letter that it was replayed. */
  void markReplayed(KeptLetter letter) {
    ProducerRecord<byte[], byte[]> mark =
        new ProducerRecord<>(letter.kept().topic(), letter.kept().partition(), null, null);
    set(mark.headers(), EventHeaders.DEAD_LETTER_REPLAYED, letter.id());
    sendAll(List.of(mark));
  }

  private void sendAll(List<ProducerRecord<byte[], byte[]>> records) {
    List<Future<RecordMetadata>> pending = new ArrayList<>(records.size());
    try {
      for (ProducerRecord<byte[], byte[]> record : records) {
        pending.add(producer.send(record));
      }
      for (Future<RecordMetadata> each : pending) {
        each.get();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (InterruptException e) {
      throw e;
    } catch (ExecutionException | KafkaException e) {
      throw new TransientException(
          records.size() + " dead letters could not be sent (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    IncomingEvent event = letter.event();
    String topic = event.record().topic();
    String target = DeadLetterTopic.of(topic);
    topics.createIfMissing(target);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(target, 0, event.key(), event.payload(), event.record().headers());
    Headers headers = record.headers();
    set(headers, EventHeaders.DEAD_LETTER_REASON, letter.reason());
    set(headers, EventHeaders.DEAD_LETTER_TOPIC, topic);
    set(headers, EventHeaders.DEAD_LETTER_PARTITION, event.record().partition());
    set(headers, EventHeaders.DEAD_LETTER_OFFSET, event.record().offset());
    set(headers, EventHeaders.DEAD_LETTER_TIMESTAMP, event.record().timestamp());
    set(headers, EventHeaders.DEAD_LETTER_CONSUMER, consumer);
    set(headers, EventHeaders.DEAD_LETTER_PROJECTION, letter.projection());
    set(headers, EventHeaders.DEAD_LETTER_ERROR, letter.failure().error());
    @Nullable String sqlState = letter.failure().sqlState();
    if (sqlState != null) {
      set(headers, EventHeaders.DEAD_LETTER_SQLSTATE, sqlState);
    }
    set(headers, EventHeaders.DEAD_LETTER_AT, micros(Instant.now()));
    set(headers, EventHeaders.DEAD_LETTER_VERSION, VERSION);
    return record;
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static void set(Headers headers, String name, Object value) {
    headers.remove(name).add(name, value.toString().getBytes(StandardCharsets.UTF_8));
  }
}
