package dev.puck.bridge.publisher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.retry.TransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<OutgoingEvent> deadLettered = new ArrayList<>();
  private final KafkaPublisher publisher = publisher();

  @Test
  void shouldNotWaitForAcknowledgements() {
    // When
    publisher.publish(List.of(event("c", 1), event("c", 2)));

    // Then
    assertThat(publisher.pending()).isEqualTo(2);
    assertThat(publisher.problem()).isEmpty();
    producer.completeNext();
    producer.completeNext();
    assertThat(publisher.pending()).isZero();
  }

  @Test
  void shouldStayFailedOnceARecordWasNotStored() {
    // Given
    publisher.publish(List.of(event("c", 1)));

    // When
    producer.errorNext(new TopicAuthorizationException("not allowed"));

    // Then
    assertThatThrownBy(publisher::flush)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("not allowed");
    assertThatThrownBy(() -> publisher.publish(List.of(event("c", 2))))
        .isInstanceOf(TransientException.class);
  }

  @Test
  void shouldSendWhatIsTooLargeToTheDeadLetters() {
    // Given
    OutgoingEvent large = event("c", 1);
    publisher.publish(List.of(large));
    producer.errorNext(new RecordTooLargeException("8000 bytes"));

    // When
    publisher.flush();

    // Then
    ProducerRecord<byte[], byte[]> letter = producer.history().get(1);
    assertThat(letter.topic()).isEqualTo("t.dead-letter");
    assertThat(letter.value()).isEqualTo(large.value());
    assertThat(letter.headers().lastHeader("puck.dead-letter.channel").value())
        .asString()
        .isEqualTo("c");
    assertThat(deadLettered).containsExactly(large);
    assertThat(publisher.pending()).isZero();
  }

  @Test
  void shouldNotEvenSendWhatItsTopicDoesNotTake() {
    // Given
    OutgoingEvent large =
        new OutgoingEvent("t", null, new byte[] {7}, new byte[200], List.of(), "c");

    // When
    publisher.publish(List.of(event("c", 1), large, event("c", 2)));

    // Then
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("t", "t.dead-letter", "t");
    assertThat(deadLettered).containsExactly(large);
  }

  @Test
  void shouldFailRatherThanSetAGapAside() {
    // Given
    publisher.publish(List.of(event(null, 1)));
    producer.errorNext(new RecordTooLargeException("8000 bytes"));

    // When, Then
    assertThatThrownBy(publisher::flush)
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Kafka does not take a record of 70 bytes; raise max.message.bytes of topic 't' and of its"
                + " dead letters.");
  }

  @Test
  void shouldCloseWhenInterrupted() {
    // Given
    Thread.currentThread().interrupt();

    // When
    publisher.close();

    // Then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(producer.closed()).isTrue();
  }

  private KafkaPublisher publisher() {
    ProducerClient client = new ProducerClient("broker:9092", producer, Integer.MAX_VALUE);
    KnownTopics topics = TestTopics.taking(Map.of("t", 200, "t.dead-letter", Integer.MAX_VALUE));
    return new KafkaPublisher(
        client,
        new EventSender(
            client, topics, new DeadLetterTopics(), deadLettered::add, Milestones.UNHEARD));
  }

  private static OutgoingEvent event(@Nullable String channel, int content) {
    return new OutgoingEvent(
        "t", null, new byte[] {7}, new byte[] {(byte) content}, List.of(), channel);
  }
}
