package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes through one idempotent producer, pipelined: while a broker is away records wait and are
 * sent again for as long as it takes, each stored once and in order.
 */
public final class KafkaPublisher implements Publisher {
  private final Producer<byte[], byte[]> producer;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final Consumer<OutgoingEvent> deadLettered;

  private KafkaPublisher(Producer<byte[], byte[]> producer, Consumer<OutgoingEvent> deadLettered) {
    this.producer = producer;
    this.deadLettered = deadLettered;
  }

  /**
   * A publisher to that cluster.
   *
   * @param deadLettered hears of each record that Kafka refused for its size
   */
  public static KafkaPublisher create(
      Kafka kafka, String clientId, Consumer<OutgoingEvent> deadLettered) {
    Map<String, Object> properties =
        kafka.properties(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                clientId,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // For ever, as far as Kafka counts: giving up a record would lose it.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) Integer.MAX_VALUE,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 16));
    return new KafkaPublisher(
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
        deadLettered);
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    for (OutgoingEvent event : events) {
      send(event);
    }
    diverge();
    acknowledgements.throwIfFailed();
  }

  @Override
  public void flush() {
    try {
      do {
        producer.flush();
      } while (diverge());
    } catch (KafkaException e) {
      throw failed(e);
    }
    acknowledgements.throwIfFailed();
  }

  @Override
  public int partitions(String topic) {
    try {
      return producer.partitionsFor(topic).size();
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<String> problem() {
    return acknowledgements.problem();
  }

  /** How many records wait for their acknowledgement. Any thread. */
  public long pending() {
    return acknowledgements.pending();
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback tells what becomes of the record.
  private void send(OutgoingEvent event) {
    ProducerRecord<byte[], byte[]> outgoing =
        new ProducerRecord<>(event.topic(), event.partition(), event.key(), event.value());
    Headers headers = outgoing.headers();
    for (EventHeader header : event.headers()) {
      headers.add(header.name(), header.value().getBytes(StandardCharsets.UTF_8));
    }
    acknowledgements.sending();
    try {
      producer.send(outgoing, (stored, error) -> acknowledgements.acknowledged(event, error));
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /** Interrupts among it, which come as such when the bridge gives up draining. */
  private static TransientException failed(KafkaException e) {
    return new TransientException("Kafka's producer failed: " + e.getMessage(), e);
  }

  /** Sends what Kafka found too large to the dead letters; whether there was any. */
  private boolean diverge() {
    List<OutgoingEvent> tooLarge = acknowledgements.drainTooLarge();
    for (OutgoingEvent event : tooLarge) {
      if (DeadLetter.isOne(event)) {
        throw new TransientException(
            "Kafka refuses a dead letter of "
                + event.value().length
                + " bytes for its size; raise max.message.bytes of topic '"
                + event.topic()
                + "'.");
      }
      send(DeadLetter.of(event, "the record is larger than its topic's max.message.bytes"));
      deadLettered.accept(event);
    }
    return !tooLarge.isEmpty();
  }
}
