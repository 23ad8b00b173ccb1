package dev.puck.bridge.publisher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.checkpoint.CheckpointReader;
import dev.puck.bridge.milestone.Milestone;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Position;
import dev.puck.embedded.EmbeddedKafka;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka goes away while a transaction is open: nothing blocks for long, and Kafka knows. */
class TransactionOutageIT {
  private static final Duration BOUND = Duration.ofSeconds(15);

  private static EmbeddedServers own;
  private static EmbeddedKafka broker;

  private final Kafka kafka;
  private final KnownTopics topics;

  TransactionOutageIT() {
    kafka = new Kafka(new KafkaConfig(broker.bootstrapServers(), Map.of()));
    topics = new KnownTopics(kafka, 1, -1);
  }

  @BeforeAll
  static void startKafka() {
    own = EmbeddedServers.inTemporaryDirectory();
    broker = own.kafka();
  }

  @AfterAll
  static void stopKafka() {
    own.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"COMMITTING", "COMMITTED"})
  void shouldLeaveTheTruthToKafka(Milestone killedAt) throws Exception {
    // Given
    String bridge = "killed-" + killedAt;
    makeTopics(List.of(Checkpoint.TOPIC), List.of(bridge));
    try (TransactionalPublisher publisher = publisher(bridge, Milestones.UNHEARD)) {
      publisher.open();
      publisher.claim(checkpoint(bridge, 1));
    }
    Milestones kill =
        milestone -> {
          if (milestone == killedAt) {
            broker.kill();
          }
        };

    // When
    try (TransactionalPublisher publisher = publisher(bridge, kill)) {
      publisher.open();
      Instant began = Instant.now();
      try {
        publisher.publish(List.of(event(bridge)));
        publisher.commit(checkpoint(bridge, 2));
        assertThat(killedAt).isEqualTo(Milestone.COMMITTED);
      } catch (TransientException e) {
        assertThat(killedAt).isNotEqualTo(Milestone.COMMITTED);
        assertThat(e).hasMessageContaining("starting again from what Kafka says");
      }
      assertThat(Duration.between(began, Instant.now())).isLessThan(BOUND);
    }
    broker.start();

    // Then
    try (TransactionalPublisher next = openedAgain(bridge)) {
      Optional<Checkpoint> found = new CheckpointReader(kafka).settled(bridge);
      long epoch = found.orElseThrow().epoch();
      boolean committed = epoch == 2;
      assertThat(committed).isEqualTo(killedAt == Milestone.COMMITTED);
      List<String> values =
          CommittedReader.values(CommittedReader.committed(broker.bootstrapServers(), bridge));
      assertThat(values.contains(bridge)).as("visible as its checkpoint is").isEqualTo(committed);
      next.commit(checkpoint(bridge, 3));
    }
  }

  @Test
  void shouldMakeTopicsOfABrokerThatIsLetInAgain() {
    // Given
    broker.kill();
    broker.start();

    // When
    makeTopics(List.of(), List.of("late"));

    // Then
    CommittedReader.committed(broker.bootstrapServers(), "late");
  }

  @Test
  void shouldNotWaitForAFrozenBroker() throws Exception {
    // Given
    makeTopics(List.of(Checkpoint.TOPIC), List.of("frozen"));
    try {
      Instant closing;
      try (TransactionalPublisher publisher = publisher("frozen", Milestones.UNHEARD)) {
        publisher.open();
        publisher.publish(List.of(event("frozen")));
        publisher.flush();

        // When
        broker.pause();
        Instant began = Instant.now();
        assertThatThrownBy(() -> publisher.commit(checkpoint("frozen", 1)))
            .isInstanceOf(TransientException.class)
            .hasMessageContaining("starting again from what Kafka says");

        // Then
        assertThat(Duration.between(began, Instant.now())).isLessThan(BOUND);
        closing = Instant.now();
      }
      assertThat(Duration.between(closing, Instant.now())).isLessThan(Duration.ofSeconds(2));
    } finally {
      broker.resume();
    }
  }

  /** As a bridge does: again, as long as Kafka says that it may work later. */
  private void makeTopics(List<String> compacted, List<String> events) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try {
                topics.begin(compacted, events);
                return true;
              } catch (TransientException e) {
                return false;
              }
            });
  }

  /** It may need a second try: a broker that was killed is let back in after some seconds. */
  private TransactionalPublisher openedAgain(String bridge) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              TransactionalPublisher next = publisher(bridge, Milestones.UNHEARD);
              try {
                next.open();
                return Optional.of(next);
              } catch (TransientException e) {
                next.close();
                return Optional.<TransactionalPublisher>empty();
              }
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private TransactionalPublisher publisher(String bridge, Milestones milestones) {
    return TransactionalPublisher.create(
        kafka, bridge, topics, new DeadLetterTopics(), event -> {}, milestones);
  }

  /** To a topic of the bridge's own: what one leaves open holds back the readers of all. */
  private static OutgoingEvent event(String bridge) {
    byte[] bytes = bridge.getBytes(StandardCharsets.UTF_8);
    return new OutgoingEvent(bridge, null, bytes, bytes, List.of(), "c");
  }

  private static OutgoingEvent checkpoint(String bridge, long epoch) {
    Position position = new Position("p" + epoch);
    return new Checkpoint(bridge, "outbox", epoch, position, Instant.EPOCH, null).toEvent();
  }
}
