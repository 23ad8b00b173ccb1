package dev.puck.bridge.publisher.kafka;

import static dev.puck.bridge.milestone.Milestone.BEGUN;
import static dev.puck.bridge.milestone.Milestone.COMMITTED;
import static dev.puck.bridge.milestone.Milestone.COMMITTING;
import static dev.puck.bridge.milestone.Milestone.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.publisher.FencedException;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionalPublisherTest {
  private static final OutgoingEvent CHECKPOINT =
      new OutgoingEvent("checkpoints", null, new byte[] {1}, new byte[] {2}, List.of(), null);

  private final MockProducer<byte[], byte[]> producer = producer(true);
  private final List<Milestone> milestones = new ArrayList<>();
  private final List<OutgoingEvent> deadLettered = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private final KnownTopics topics = TestTopics.taking(Map.of("t", 200, "checkpoints", 1_000));
  private final TransactionalPublisher publisher = publisher(producer);

  @Test
  void shouldCommitEventsWithTheirCheckpoint() throws Exception {
    // Given
    publisher.open();

    // When
    publisher.publish(List.of(event("c", 1)));
    publisher.publish(List.of(event("c", 2)));
    assertThat(producer.history()).as("committed").isEmpty();
    assertThat(publisher.pending()).isEqualTo(2);
    publisher.commit(CHECKPOINT);

    // Then
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("t", "t", "checkpoints");
    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(publisher.pending()).isZero();
    assertThat(milestones).containsExactly(BEGUN, SENT, SENT, SENT, COMMITTING, COMMITTED);
  }

  @Test
  void shouldBeginNothingForNothing() throws Exception {
    // Given
    publisher.open();

    // When
    publisher.publish(List.of());
    publisher.flush();

    // Then
    assertThat(producer.transactionInFlight()).isFalse();
  }

  @Test
  void shouldCallACommitWithoutAnAnswerUnknown() throws Exception {
    // Given
    publisher.open();
    publisher.publish(List.of(event("c", 1)));
    producer.commitTransactionException = new TimeoutException("no answer for 10000 ms");

    // When, Then
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> publisher.commit(CHECKPOINT))
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Whether Kafka at broker:9092 committed is not known (no answer for 10000 ms);"
                  + " starting again from what Kafka says.");
    }
    assertThat(milestones).doesNotContain(COMMITTED).containsOnlyOnce(COMMITTING);
    assertThat(publisher.problem()).hasValueSatisfying(p -> assertThat(p).contains("not known"));
  }

  @Test
  void shouldMakeWayForAnother() throws Exception {
    // Given
    publisher.open();
    publisher.publish(List.of(event("c", 1)));

    // When
    producer.fenceProducer();

    // Then
    assertThatThrownBy(() -> publisher.commit(CHECKPOINT))
        .isInstanceOf(TransientException.class)
        .isInstanceOf(FencedException.class)
        .hasMessageStartingWith("Another process publishes as 'puck-bridge-b', or a transaction");
    assertThatThrownBy(() -> publisher.publish(List.of())).isInstanceOf(TransientException.class);
  }

  @Test
  void shouldSayWhichRightIsMissing() {
    // Given
    producer.initTransactionException =
        new KafkaException("wrapped", new TransactionalIdAuthorizationException("not allowed"));

    // When, Then
    assertThatThrownBy(publisher::open)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Kafka at broker:9092 refuses a transaction (not allowed). Allow its user Write and"
                + " Describe on transactional id 'puck-bridge-b'.");
  }

  @Test
  void shouldFailSoonOnceARecordWasNotStored() throws Exception {
    // Given
    MockProducer<byte[], byte[]> slow = producer(false);
    TransactionalPublisher failing = publisher(slow);
    failing.open();
    failing.publish(List.of(event("c", 1)));

    // When
    slow.errorNext(new NotEnoughReplicasException("1 of 2"));

    // Then
    assertThatThrownBy(() -> failing.publish(List.of()))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Kafka at broker:9092 failed while a transaction was open (1 of 2); starting again from"
                + " what Kafka says.");
  }

  @Test
  void shouldStoreWhatIsTooLargeAndCommitTheRest() throws Exception {
    // Given
    publisher.open();
    OutgoingEvent large = event("c", new byte[200]);

    // When
    publisher.publish(List.of(event("c", 1), large, event("c", 2)));
    publisher.commit(CHECKPOINT);

    // Then
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly("t", "t", "checkpoints");
    assertThat(store.kept).containsExactly(large);
    assertThat(store.reasons)
        .containsExactly("the record is larger than its topic's max.message.bytes");
    assertThat(deadLettered).containsExactly(large);
  }

  @Test
  void shouldStoreWhatTheProducerItselfDoesNotTake() throws Exception {
    // Given
    TransactionalPublisher small = publisher(producer, 150);
    small.open();
    OutgoingEvent large = event("c", new byte[100]);

    // When
    small.publish(List.of(event("c", 1), large));
    small.commit(CHECKPOINT);

    // Then
    assertThat(store.kept).containsExactly(large);
    assertThat(store.reasons)
        .containsExactly(
            "the record is larger than the producer's max.request.size or buffer.memory");
    assertThat(producer.history()).hasSize(2);
  }

  /** Else the next session would send it again, and the one after that. */
  @Test
  void shouldRememberWhatTheBrokerRefused() throws Exception {
    // Given
    MockProducer<byte[], byte[]> slow = producer(false);
    TransactionalPublisher failing = publisher(slow);
    failing.open();
    OutgoingEvent refused = event("c", new byte[100]);
    failing.publish(List.of(refused));

    // When
    slow.errorNext(new RecordTooLargeException("1000 bytes"));

    // Then
    assertThatThrownBy(() -> failing.publish(List.of()))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Kafka refused a record of 171 bytes, which max.message.bytes of topic 't' allowed when"
                + " it was read; starting again with what it is now.");
    topics.with(new SizeLimits(Map.of("t", 200)));
    publisher.open();
    publisher.publish(List.of(event("c", 1), refused, event("c", new byte[99])));
    assertThat(store.kept).containsExactly(refused);
    topics.with(new SizeLimits(Map.of("t", 300)));
    publisher.publish(List.of(refused));
    assertThat(store.kept).as("its limit is another now").hasSize(1);
  }

  @Test
  void shouldFailRatherThanSetAGapAside() throws Exception {
    // Given
    publisher.open();

    // When, Then
    assertThatThrownBy(() -> publisher.publish(List.of(event(null, new byte[200]))))
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("Kafka does not take a record of 271 bytes");
    assertThat(store.kept).isEmpty();
  }

  @Test
  void shouldTellAnInterruptWhileItTakesOver() {
    // Given
    producer.initTransactionException = new InterruptException("stop");

    // When, Then
    assertThatThrownBy(publisher::open).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("the exception says it").isFalse();
  }

  @Test
  void shouldCloseWhenInterrupted() throws Exception {
    // Given
    publisher.open();
    publisher.publish(List.of(event("c", 1)));
    Thread.currentThread().interrupt();

    // When
    publisher.close();

    // Then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(producer.closed()).isTrue();
    assertThat(store.closed).isTrue();
  }

  private TransactionalPublisher publisher(MockProducer<byte[], byte[]> to) {
    return publisher(to, Integer.MAX_VALUE);
  }

  private TransactionalPublisher publisher(MockProducer<byte[], byte[]> to, int mostBytes) {
    ProducerClient client = new ProducerClient("broker:9092", to, mostBytes);
    EventSender sender =
        new EventSender(client, topics, Oversize.keptIn(store), deadLettered::add, milestones::add);
    return new TransactionalPublisher(client, "puck-bridge-b", sender, milestones::add);
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static OutgoingEvent event(@Nullable String channel, int content) {
    return event(channel, new byte[] {(byte) content});
  }

  private static OutgoingEvent event(@Nullable String channel, byte[] value) {
    return new OutgoingEvent("t", null, new byte[] {7}, value, List.of(), channel);
  }
}
