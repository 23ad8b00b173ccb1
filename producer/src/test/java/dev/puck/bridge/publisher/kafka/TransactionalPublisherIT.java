package dev.puck.bridge.publisher.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.EventHeaders;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class TransactionalPublisherIT {
  private static final int PARTITIONS = 6;

  private final String bridge;
  private final String servers;
  private final String topic;
  private final String checkpoints;
  private final MemoryStore store = new MemoryStore();
  private final KnownTopics topics;

  TransactionalPublisherIT(TestEnvironment environment) {
    bridge = environment.name();
    servers = environment.bootstrapServers();
    topic = environment.topicPrefix() + "events";
    checkpoints = environment.topicPrefix() + "checkpoints";
    topics = new KnownTopics(kafka(Map.of()), PARTITIONS, -1);
  }

  @BeforeEach
  void makeTopics() throws InterruptedException {
    topics.begin(List.of(checkpoints), List.of(topic));
  }

  @Test
  void shouldShowEventsOnlyTogetherWithTheirCheckpoint() throws Exception {
    // Given
    try (TransactionalPublisher publisher = opened()) {
      publisher.publish(List.of(event("a", "1")));
      publisher.publish(List.of(event("b", "2")));
      publisher.flush();
      assertThat(CommittedReader.all(servers, topic)).hasSize(2);
      assertThat(CommittedReader.visible(servers, topic, checkpoints)).isEmpty();

      // When
      publisher.commit(checkpoint("after 2"));

      // Then
      assertThat(CommittedReader.values(CommittedReader.committed(servers, topic, checkpoints)))
          .containsExactlyInAnyOrder("1", "2", "after 2");
      assertThat(publisher.pending()).isZero();
    }
  }

  @Test
  void shouldAbortWhatIsOpenWhenItCloses() throws Exception {
    // Given
    try (TransactionalPublisher publisher = opened()) {
      publisher.publish(List.of(event("a", "1")));
      publisher.flush();
    }

    // Then
    try (TransactionalPublisher other = opened("other")) {
      other.publish(List.of(event("a", "2")));
      other.commit(checkpoint("after 2"));
      assertThat(CommittedReader.values(CommittedReader.committed(servers, topic)))
          .as("no open transaction is in the way of a reader")
          .containsExactly("2");
    }
  }

  @Test
  void shouldFenceItsPredecessorAndAbortWhatThatLeftOpen() throws Exception {
    // Given
    try (TransactionalPublisher first = opened()) {
      first.commit(checkpoint("first"));
      first.publish(List.of(event("a", "of the first")));
      first.flush();

      // When
      Instant began = Instant.now();
      try (TransactionalPublisher second = opened()) {
        Duration took = Duration.between(began, Instant.now());

        // Then
        assertThat(took).as("taking over").isLessThan(Duration.ofSeconds(2));
        second.publish(List.of(event("a", "of the second")));
        second.commit(checkpoint("second"));
        assertThatThrownBy(() -> first.commit(checkpoint("zombie")))
            .isInstanceOf(TransientException.class)
            .hasMessageStartingWith("Another process publishes as 'puck-bridge-" + bridge);
        assertThat(CommittedReader.values(CommittedReader.committed(servers, topic)))
            .containsExactly("of the second");
        assertThat(CommittedReader.values(CommittedReader.committed(servers, checkpoints)))
            .containsExactly("first", "second");
      }
    }
  }

  @Test
  void shouldKeepTheOrderOfEachKey() throws Exception {
    // Given
    int count = 100_000;
    int keys = 97;

    // When
    try (TransactionalPublisher publisher = opened()) {
      for (int i = 0; i < count; i += 500) {
        List<OutgoingEvent> events = new ArrayList<>();
        for (int j = i; j < i + 500; j++) {
          events.add(event("k" + j % keys, Integer.toString(j)));
        }
        publisher.publish(events);
        if (i % 5_000 == 0) {
          publisher.commit(checkpoint("after " + i));
        }
      }
      publisher.commit(checkpoint("last"));
    }

    // Then
    Map<String, Integer> last = new HashMap<>();
    List<ConsumerRecord<byte[], byte[]>> records = CommittedReader.committed(servers, topic);
    assertThat(records).hasSize(count);
    for (ConsumerRecord<byte[], byte[]> each : records) {
      String key = new String(each.key(), StandardCharsets.UTF_8);
      int number = Integer.parseInt(new String(each.value(), StandardCharsets.UTF_8));
      @Nullable Integer before = last.put(key, number);
      assertThat(number).as(key).isEqualTo(before == null ? number % keys : before + keys);
    }
  }

  @Test
  void shouldStoreWhatItsTopicDoesNotTakeAndCommitTheRest() throws Exception {
    // Given
    limit(2_000);
    makeTopics();
    OutgoingEvent large = event("a", "x".repeat(5_000));

    // When
    try (TransactionalPublisher publisher = opened()) {
      publisher.publish(List.of(event("a", "1"), large, event("a", "2")));
      publisher.commit(checkpoint("after 2"));
    }

    // Then
    assertThat(CommittedReader.values(CommittedReader.committed(servers, topic)))
        .containsExactly("1", "2");
    assertThat(store.kept).containsExactly(large);
  }

  /** The limit was lowered since it was read: the broker refuses, and says so of one record. */
  @Test
  void shouldStartAgainWithTheLimitThatHolds() throws Exception {
    // Given
    limit(2_000);
    List<OutgoingEvent> events = new ArrayList<>();
    List<String> small = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean large = i % 3 == 1;
      events.add(event("a", i + (large ? "x".repeat(5_000) : "")));
      if (!large) {
        small.add(Integer.toString(i));
      }
    }

    // When
    try (TransactionalPublisher publisher = opened()) {
      assertThatThrownBy(
              () -> {
                publisher.publish(events);
                publisher.commit(checkpoint("never"));
              })
          .isInstanceOf(TransientException.class)
          .hasMessageContaining("which max.message.bytes of topic '" + topic + "' allowed");
    }
    makeTopics();
    try (TransactionalPublisher next = opened()) {
      next.publish(events);
      next.commit(checkpoint("all"));
    }

    // Then
    assertThat(CommittedReader.values(CommittedReader.committed(servers, topic))).isEqualTo(small);
    assertThat(store.kept).hasSize(100);
    assertThat(CommittedReader.values(CommittedReader.committed(servers, checkpoints)))
        .containsExactly("all");
  }

  @Test
  void shouldStoreWhatTheUsersOwnLimitForbids() throws Exception {
    // Given
    OutgoingEvent large = event("a", "x".repeat(5_000));

    // When
    try (TransactionalPublisher publisher =
        publisher(kafka(Map.of("max.request.size", "3000")), bridge)) {
      publisher.open();
      publisher.publish(List.of(event("a", "1"), large));
      publisher.commit(checkpoint("after 1"));
    }

    // Then
    assertThat(CommittedReader.values(CommittedReader.committed(servers, topic)))
        .containsExactly("1");
    assertThat(store.kept).containsExactly(large);
  }

  @Test
  void shouldTakeARecordAsLargeAsItsTopic() throws Exception {
    // Given
    limit(3_000_000);
    makeTopics();
    String value = "x".repeat(2_900_000);

    // When
    try (TransactionalPublisher publisher = opened()) {
      publisher.publish(List.of(event("a", value)));
      publisher.commit(checkpoint("after 1"));
    }

    // Then
    assertThat(CommittedReader.values(CommittedReader.committed(servers, topic)))
        .containsExactly(value);
    assertThat(store.kept).isEmpty();
  }

  @Test
  void shouldMakeTopicsThatItMeets() throws Exception {
    // Given
    String met = topic + ".met";
    String letters = topic + ".poison.dead-letter";
    EventHeader reason = EventHeader.of(EventHeaders.DEAD_LETTER_REASON, "no key");

    // When
    try (TransactionalPublisher publisher = opened()) {
      publisher.publish(List.of(event("a", "1")));
      publisher.publish(List.of(to(met, List.of()), to(letters, List.of(reason))));
      publisher.commit(checkpoint("after 3"));
      assertThat(publisher.partitions(topic + ".asked")).isEqualTo(PARTITIONS);
    }

    // Then
    assertThat(CommittedReader.committed(servers, met, letters)).hasSize(2);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      assertThat(
              admin
                  .describeTopics(List.of(met, met + ".dead-letter", letters))
                  .allTopicNames()
                  .get()
                  .values())
          .extracting(TopicDescription::name, made -> made.partitions().size())
          .containsExactlyInAnyOrder(
              tuple(met, PARTITIONS), tuple(met + ".dead-letter", 1), tuple(letters, 1));
      assertThat(admin.listTopics().names().get()).doesNotContain(letters + ".dead-letter");
    }
  }

  @Test
  void shouldRefuseATimeoutThatTheBrokerDoesNotTake() {
    // Given
    Kafka patient = kafka(Map.of("transaction.timeout.ms", "86400000"));

    // When, Then
    try (TransactionalPublisher publisher = publisher(patient, bridge)) {
      assertThatThrownBy(publisher::open)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("refuses transaction.timeout.ms")
          .hasMessageContaining("transaction.max.timeout.ms");
    }
  }

  private TransactionalPublisher opened() throws InterruptedException {
    return opened(bridge);
  }

  private TransactionalPublisher opened(String name) throws InterruptedException {
    TransactionalPublisher publisher = publisher(kafka(Map.of()), name);
    publisher.open();
    return publisher;
  }

  private TransactionalPublisher publisher(Kafka kafka, String name) {
    return TransactionalPublisher.create(
        kafka, name, topics, Oversize.keptIn(store), event -> {}, Milestones.UNHEARD);
  }

  private Kafka kafka(Map<String, String> properties) {
    return new Kafka(new KafkaConfig(servers, properties));
  }

  /** Returns once the broker tells it, which is not at once. */
  private void limit(int bytes) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    ConfigEntry limit = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      AlterConfigOp change = new AlterConfigOp(limit, AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
      await()
          .until(
              () ->
                  admin.describeConfigs(List.of(resource)).all().get().values().stream()
                      .map(config -> config.get(limit.name()).value())
                      .toList(),
              List.of(limit.value())::equals);
    }
  }

  private static OutgoingEvent to(String topic, List<EventHeader> headers) {
    return new OutgoingEvent(topic, null, bytes("k"), bytes("v"), headers, "c");
  }

  /**
   * With a header, as every event has: Kafka's producer never divides a batch of one record that is
   * too large and another of a few bytes.
   */
  private OutgoingEvent event(String key, String value) {
    EventHeader position = EventHeader.of(EventHeaders.POSITION, "1".repeat(40));
    return new OutgoingEvent(topic, null, bytes(key), bytes(value), List.of(position), "c");
  }

  private OutgoingEvent checkpoint(String text) {
    return new OutgoingEvent(checkpoints, null, bytes(bridge), bytes(text), List.of(), null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
