package dev.puck.bridge.publisher.kafka;

import static java.util.Map.entry;

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
  private static final int MAX_BATCH_BYTES = 1 << 16;

  private final String address;
  private final Producer<byte[], byte[]> producer;
  private final Acknowledgements acknowledgements = new Acknowledgements(System::nanoTime);
  private final SizeLimits limits;
  private final Consumer<OutgoingEvent> deadLettered;

  KafkaPublisher(
      String address,
      Producer<byte[], byte[]> producer,
      SizeLimits limits,
      Consumer<OutgoingEvent> deadLettered) {
    this.address = address;
    this.producer = producer;
    this.limits = limits;
    this.deadLettered = deadLettered;
  }

  /**
   * A publisher to that cluster.
   *
   * @param limits what the topics take
   * @param deadLettered hears of each record that is too large for its topic
   */
  public static KafkaPublisher create(
      Kafka kafka, String clientId, SizeLimits limits, Consumer<OutgoingEvent> deadLettered) {
    Producer<byte[], byte[]> producer =
        kafka.client(
            properties(clientId, limits),
            all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    return new KafkaPublisher(kafka.address(), producer, limits, deadLettered);
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    for (OutgoingEvent event : events) {
      if (limits.areExceededBy(event)) {
        setAside(event);
      } else {
        send(event);
      }
    }
    diverge();
    acknowledgements.throwIfFailed();
  }

  @Override
  public void open() {}

  @Override
  public void claim(OutgoingEvent checkpoint) throws InterruptedException {
    publish(List.of(checkpoint));
    flushInTime();
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    flush();
    publish(List.of(checkpoint));
    flush();
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

  private void flushInTime() throws InterruptedException {
    if (!acknowledgements.awaitNone(Kafka.PATIENCE)) {
      throw new TransientException(
          "No acknowledgement from Kafka at "
              + address
              + " for "
              + Kafka.PATIENCE.toSeconds()
              + " s; are as many replicas in sync as min.insync.replicas asks for?");
    }
    flush();
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

  @Override
  public long pending() {
    return acknowledgements.pending();
  }

  /** Works when interrupted, too: its thread has ended when this returns. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      producer.close(Duration.ZERO);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<String, Object> properties(String clientId, SizeLimits limits) {
    return Map.ofEntries(
        entry(ProducerConfig.CLIENT_ID_CONFIG, clientId),
        entry(ProducerConfig.ACKS_CONFIG, "all"),
        entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
        // For ever, as far as Kafka counts: giving up a record would lose it.
        entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
        entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) Integer.MAX_VALUE),
        entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000),
        // A broker takes any number from a producer that it does not know. If it refused the first
        // request to a partition and took the next, the order would be lost, and the first be
        // refused for ever. Batches grow meanwhile; it costs nothing that we could measure.
        entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1),
        // A gap goes to every partition, so that new ones must be known soon.
        entry(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000),
        // Waiting would cost its time for each message; under load batches fill by themselves.
        entry(ProducerConfig.LINGER_MS_CONFIG, 0),
        // A larger batch than its topic takes is refused and divided, which costs a round trip.
        entry(ProducerConfig.BATCH_SIZE_CONFIG, limits.batchBytes(MAX_BATCH_BYTES)));
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

  /**
   * Sends what Kafka found too large to the dead letters; whether there was any. It comes to this
   * only where a topic's limit was lowered since we read it, or the user's own is lower.
   */
  private boolean diverge() {
    List<OutgoingEvent> tooLarge = acknowledgements.drainTooLarge();
    tooLarge.forEach(this::setAside);
    return !tooLarge.isEmpty();
  }

  private void setAside(OutgoingEvent event) {
    OutgoingEvent letter =
        DeadLetter.of(event, "the record is larger than its topic's max.message.bytes");
    // A gap without its place is no gap, and a dead letter has no dead letters.
    if (event.channel() == null || DeadLetter.isOne(event) || limits.areExceededBy(letter)) {
      throw new TransientException(
          "Kafka does not take a record of "
              + SizeLimits.sizeInBytes(event)
              + " bytes; raise max.message.bytes of topic '"
              + event.topic()
              + "' and of its dead letters.");
    }
    send(letter);
    deadLettered.accept(event);
  }
}
