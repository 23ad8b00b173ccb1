package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes through one idempotent producer, pipelined: while a broker is away records wait and are
 * sent again for as long as it takes, each stored once and in order.
 */
public final class KafkaPublisher implements Publisher {
  // A broker takes any number from a producer that it does not know. If it refused the first
  // request to a partition and took the next, the order would be lost, and the first be refused
  // for ever. Batches grow meanwhile; it costs nothing that we could measure.
  private static final int IN_FLIGHT = 1;

  /** For ever, as far as Kafka counts: giving up a record would lose it. */
  private static final int FOR_EVER = Integer.MAX_VALUE;

  private final String address;
  private final Producer<byte[], byte[]> producer;
  private final EventSender sender;
  private final Acknowledgements acknowledgements;

  KafkaPublisher(ProducerClient client, EventSender sender) {
    this.address = client.address();
    this.producer = client.producer();
    this.sender = sender;
    this.acknowledgements = sender.acknowledgements();
  }

  /**
   * A publisher to that cluster.
   *
   * @param topics begun
   * @param oversize what becomes of a record that is too large for its topic; closed with it
   * @param deadLettered hears of each such record
   */
  public static KafkaPublisher create(
      Kafka kafka,
      String clientId,
      KnownTopics topics,
      Oversize oversize,
      Consumer<OutgoingEvent> deadLettered) {
    ProducerClient client =
        ProducerClient.create(
            kafka,
            clientId,
            topics,
            Map.of(
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, FOR_EVER,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) FOR_EVER,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, IN_FLIGHT));
    EventSender sender =
        new EventSender(client, topics, oversize, deadLettered, Milestones.UNHEARD);
    return new KafkaPublisher(client, sender);
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    if (events.stream().noneMatch(OutgoingEvent::isToken)) {
      send(events);
      return;
    }
    // Whoever sees a token must be able to see all before it, in whatever partition.
    send(events.stream().filter(event -> !event.isToken()).toList());
    flush();
    send(events.stream().filter(OutgoingEvent::isToken).toList());
  }

  private void send(List<OutgoingEvent> events) {
    sender.prepare(events);
    try {
      sender.send(events);
      sender.setAsideRefused();
    } catch (KafkaException e) {
      throw failed(e);
    }
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
      } while (sender.setAsideRefused());
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
      return sender.partitions(topic);
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
    try (sender) {
      producer.close(Duration.ZERO);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Interrupts among it, which come as such when the bridge gives up draining. */
  private static TransientException failed(KafkaException e) {
    return new TransientException("Kafka's producer failed: " + e.getMessage(), e);
  }
}
