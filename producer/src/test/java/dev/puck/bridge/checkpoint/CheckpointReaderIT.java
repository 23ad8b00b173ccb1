package dev.puck.bridge.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.kafka.TopicProvisioner;
import dev.puck.bridge.source.Position;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class CheckpointReaderIT {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456Z");

  private final String bridge;
  private final Kafka kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  CheckpointReaderIT(TestEnvironment environment) {
    bridge = environment.name();
    kafka = new Kafka(new KafkaConfig(environment.bootstrapServers(), Map.of()));
    producer =
        new KafkaProducer<>(
            kafka.properties(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @BeforeEach
  void makeTopic() throws InterruptedException {
    new TopicProvisioner(kafka, -1).compacted(Checkpoint.TOPIC).provision();
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @Test
  void shouldFindNoneOfABridgeThatNeverWroteOne() throws Exception {
    assertThat(reader().settled(bridge)).isEmpty();
  }

  @Test
  void shouldFindTheLatestAmongManyBridges() throws Exception {
    // Given
    for (int i = 0; i < 20; i++) {
      write(checkpoint(bridge, i));
      write(checkpoint(bridge + "-other", 100 + i));
      write(checkpoint(bridge.substring(0, 1), 200 + i));
    }

    // When, Then
    assertThat(reader().settled(bridge)).contains(checkpoint(bridge, 19));
  }

  @Test
  void shouldFindOneThatLiesFarBack() throws Exception {
    // Given
    write(checkpoint(bridge, 7));
    for (int i = 0; i < 2_000; i++) {
      write(checkpoint(bridge + "-busy", i));
    }

    // When, Then
    assertThat(reader().settled(bridge)).contains(checkpoint(bridge, 7));
    assertThat(reader().settled(bridge + "-new")).isEmpty();
  }

  @Test
  void shouldNotFindAnOlderOneWhenTheLatestWasDeleted() throws Exception {
    // Given
    write(checkpoint(bridge, 7));
    write(bridge, null);

    // When, Then
    assertThat(reader().settled(bridge)).isEmpty();
  }

  @Test
  void shouldWaitForAnotherBridgesTransaction() throws Exception {
    // Given: ours is committed after the other's has begun
    write(checkpoint(bridge, 7));
    Map<String, Object> transactional =
        kafka.properties(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, bridge + "-other"));
    try (KafkaProducer<byte[], byte[]> other =
        new KafkaProducer<>(transactional, new ByteArraySerializer(), new ByteArraySerializer())) {
      other.initTransactions();
      other.beginTransaction();
      other.send(new ProducerRecord<>(Checkpoint.TOPIC, new byte[1], null)).get();
      write(checkpoint(bridge, 8));
      assertThat(reader().visible(bridge)).contains(checkpoint(bridge, 7));

      // When
      CompletableFuture<Optional<Checkpoint>> settled = new CompletableFuture<>();
      Thread asking = new Thread(() -> settled.complete(settled()));
      asking.start();
      assertThatThrownBy(() -> settled.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.abortTransaction();

      // Then
      assertThat(settled.get(10, TimeUnit.SECONDS)).contains(checkpoint(bridge, 8));
    }
  }

  private Optional<Checkpoint> settled() {
    try {
      return reader().settled(bridge);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldSayWhatItCannotRead() throws Exception {
    // Given
    write(bridge, "{\"version\": 9}");

    // When, Then
    assertThatThrownBy(() -> reader().settled(bridge))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "The checkpoint in topic 'puck.checkpoints' is not one that this version reads:"
                + " {\"version\": 9}. Give the bridge another name, or delete that record.");
    write(bridge, null);
  }

  private static Checkpoint checkpoint(String name, int epoch) {
    return new Checkpoint(
        name,
        "notify",
        epoch,
        new Position("p" + epoch),
        AT.plusSeconds(epoch),
        List.of(new OpenTransaction(1L << 40, new TreeMap<>(Map.of("s.t", 2L)))),
        "cluster");
  }

  private void write(Checkpoint checkpoint) {
    OutgoingEvent event = checkpoint.toEvent();
    write(checkpoint.bridge(), new String(event.value(), StandardCharsets.UTF_8));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The reader waits for all of them.
  private void write(String name, @Nullable String value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> outgoing =
        value == null
            ? new ProducerRecord<>(Checkpoint.TOPIC, key, null)
            : new ProducerRecord<>(Checkpoint.TOPIC, key, value.getBytes(StandardCharsets.UTF_8));
    producer.send(outgoing);
  }

  private CheckpointReader reader() {
    producer.flush();
    return new CheckpointReader(kafka);
  }
}
