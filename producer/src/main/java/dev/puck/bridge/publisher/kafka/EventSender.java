package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.retry.TransientException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Hands events to a producer, in order: sees first that their topics exist, and sets aside what
 * those do not take. Used by one thread.
 */
final class EventSender implements AutoCloseable {
  private static final String TOO_LARGE_FOR_TOPIC =
      "the record is larger than its topic's max.message.bytes";
  private static final String TOO_LARGE_FOR_PRODUCER =
      "the record is larger than the producer's max.request.size or buffer.memory";

  private final Producer<byte[], byte[]> producer;
  private final int producerTakes;
  private final KnownTopics topics;
  private final Oversize oversize;
  private final Consumer<OutgoingEvent> deadLettered;
  private final Milestones milestones;
  private final Acknowledgements acknowledgements = new Acknowledgements(System::nanoTime);

  /**
   * @param oversize closed with it
   * @param deadLettered hears of each event that was set aside
   * @param milestones hears of each record that was handed over
   */
  EventSender(
      ProducerClient client,
      KnownTopics topics,
      Oversize oversize,
      Consumer<OutgoingEvent> deadLettered,
      Milestones milestones) {
    this.producer = client.producer();
    this.producerTakes = client.mostBytes();
    this.topics = topics;
    this.oversize = oversize;
    this.deadLettered = deadLettered;
    this.milestones = milestones;
  }

  /** What became of what was sent. */
  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  /** Sees that the events' topics exist, so that {@link #send} need not ask Kafka for them. */
  void prepare(List<OutgoingEvent> events) {
    events.forEach(topics::expect);
  }

  /** Sends the events, or what stands for them. */
  void send(List<OutgoingEvent> events) {
    for (OutgoingEvent event : events) {
      if (!topics.take(event)) {
        setAside(event, TOO_LARGE_FOR_TOPIC);
      } else if (SizeLimits.exceedsProducer(producerTakes, event)) {
        setAside(event, TOO_LARGE_FOR_PRODUCER);
      } else {
        send(event);
      }
    }
  }

  /** Sends one as it is. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback tells what becomes of the record.
  void send(OutgoingEvent event) {
    acknowledgements.sending();
    producer.send(toRecord(event), (stored, e) -> acknowledgements.acknowledged(event, e));
    milestones.passed(Milestone.SENT);
  }

  /**
   * Sets aside what Kafka found too large although we did not; whether there was any. It comes to
   * this only where a topic's limit was lowered since we read it.
   */
  boolean setAsideRefused() {
    List<OutgoingEvent> refused = noteRefused();
    refused.forEach(event -> setAside(event, TOO_LARGE_FOR_TOPIC));
    return !refused.isEmpty();
  }

  /** The same events, not set aside, but remembered as too large from now on. */
  List<OutgoingEvent> noteRefused() {
    List<OutgoingEvent> refused = acknowledgements.drainTooLarge();
    refused.forEach(topics::refused);
    return refused;
  }

  /** How many partitions a topic has; blocks until that is known. */
  int partitions(String topic) {
    topics.expect(topic);
    return producer.partitionsFor(topic).size();
  }

  @Override
  public void close() {
    oversize.close();
  }

  private void setAside(OutgoingEvent event, String reason) {
    // A gap without its place is no gap.
    if (event.channel() == null) {
      throw notTaken(event);
    }
    Optional<OutgoingEvent> letter = oversize.instead(event, reason);
    if (letter.isPresent()) {
      // A dead letter has no dead letters.
      if (DeadLetter.isOne(event) || !isTaken(letter.get())) {
        throw notTaken(event);
      }
      send(letter.get());
    }
    deadLettered.accept(event);
  }

  private boolean isTaken(OutgoingEvent event) {
    return topics.take(event) && !SizeLimits.exceedsProducer(producerTakes, event);
  }

  private static TransientException notTaken(OutgoingEvent event) {
    return new TransientException(
        "Kafka does not take a record of "
            + SizeLimits.sizeInBytes(event)
            + " bytes; raise max.message.bytes of topic '"
            + event.topic()
            + "' and of its dead letters.");
  }

  private static ProducerRecord<byte[], byte[]> toRecord(OutgoingEvent event) {
    ProducerRecord<byte[], byte[]> outgoing =
        new ProducerRecord<>(event.topic(), event.partition(), event.key(), event.value());
    Headers headers = outgoing.headers();
    for (EventHeader header : event.headers()) {
      headers.add(header.name(), header.value());
    }
    return outgoing;
  }
}
