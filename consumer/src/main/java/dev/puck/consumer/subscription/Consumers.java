package dev.puck.consumer.subscription;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Makes Kafka's clients for subscriptions. */
public final class Consumers {
  private static final int MAX_POLL_RECORDS = 5_000;
  private static final int MAX_FETCH_BYTES = 16 << 20;
  private static final int METADATA_AGE_MILLIS = 5_000;

  private Consumers() {}

  static Consumer<byte[], byte[]> create(Kafka kafka, String clientId, Assignment assignment) {
    return create(kafka, clientId, assignment.properties());
  }

  /**
   * A client that reads what is committed, and only from where it is told to.
   *
   * @throws dev.puck.service.retry.TransientException if no server's name can be resolved
   * @throws ConfigException if Kafka's client refuses its properties
   */
  public static Consumer<byte[], byte[]> create(
      Kafka kafka, String clientId, Map<String, Object> more) {
    Map<String, Object> own = new HashMap<>(more);
    own.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    own.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
    // How soon partitions that were added are seen; the events in them wait meanwhile.
    own.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MILLIS);
    own.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) Kafka.PATIENCE.toMillis());
    own.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Kafka.PATIENCE.toMillis());
    return kafka.client(own, Consumers::promising);
  }

  /** What is promised about losing and repeating rests on these: they are above the user's. */
  private static Consumer<byte[], byte[]> promising(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
