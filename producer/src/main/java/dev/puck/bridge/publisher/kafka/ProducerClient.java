package dev.puck.bridge.publisher.kafka;

import dev.puck.service.connection.Kafka;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One producer.
 *
 * @param address where it publishes to
 * @param mostBytes how large a record it takes, as it counts
 */
record ProducerClient(String address, Producer<byte[], byte[]> producer, int mostBytes) {
  private static final int MAX_BATCH_BYTES = 1 << 16;
  private static final int BUFFER_BYTES = 32 << 20;

  /** A broker reads requests of 100 MiB unless it is told otherwise. */
  private static final int MAX_REQUEST_BYTES = 96 << 20;

  /** What the producer counts for a record beyond what its topic does. */
  private static final int MARGIN_BYTES = 64;

  /** A producer with those properties, those that all of ours have, and above all the user's. */
  static ProducerClient create(
      Kafka kafka, String clientId, KnownTopics topics, Map<String, Object> special) {
    Map<String, Object> own = common(clientId, topics);
    own.putAll(special);
    Producer<byte[], byte[]> producer =
        kafka.client(
            own,
            all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    return new ProducerClient(kafka.address(), producer, mostBytes(kafka.properties(own)));
  }

  private static Map<String, Object> common(String clientId, KnownTopics topics) {
    Map<String, Object> own = new HashMap<>();
    own.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    own.put(ProducerConfig.ACKS_CONFIG, "all");
    own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    // A gap goes to every partition, so that new ones must be known soon.
    own.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    // Waiting would cost its time for each message; under load batches fill by themselves.
    own.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // A larger batch than its topic takes is refused and divided, which costs a round trip.
    own.put(ProducerConfig.BATCH_SIZE_CONFIG, topics.batchBytes(MAX_BATCH_BYTES));
    // The topics' limits decide what is too large, some of which are read only later.
    own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    int largest = Math.min(topics.largestRecord(), MAX_REQUEST_BYTES - MARGIN_BYTES) + MARGIN_BYTES;
    own.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(BUFFER_BYTES, largest));
    return own;
  }

  /** The producer was made with them, and so they are numbers. */
  private static int mostBytes(Map<String, Object> properties) {
    long most =
        Math.min(
            number(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
            number(properties, ProducerConfig.BUFFER_MEMORY_CONFIG));
    return Math.toIntExact(most);
  }

  private static long number(Map<String, Object> properties, String name) {
    return Long.parseLong(String.valueOf(properties.get(name)).trim());
  }
}
