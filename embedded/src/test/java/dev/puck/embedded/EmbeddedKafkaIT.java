package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startServer() {
    kafka = EmbeddedKafka.startIn(directory, ServerConfig.defaults());
  }

  @AfterAll
  static void stopServer() {
    kafka.close();
  }

  @BeforeEach
  void startAgain() {
    kafka.start();
  }

  @Test
  void shouldRunTransactionsWithTheirSecondProtocol() throws Exception {
    try (Admin admin = admin()) {
      Map<String, FinalizedVersionRange> features =
          admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features)
          .extractingByKey("transaction.version")
          .returns((short) 2, FinalizedVersionRange::maxVersionLevel);
    }
  }

  @Test
  void shouldKeepCommittedRecordsOverKillAndStop() throws Exception {
    // Given
    String bootstrapServers = kafka.bootstrapServers();
    createTopic("kept");
    publish("kept", "before the kill");

    // When
    long processId = kafka.processId();
    kafka.kill();
    assertThat(ProcessState.isGone(processId)).isTrue();
    kafka.start();
    publish("kept", "before the stop");
    kafka.restart();

    // Then
    assertThat(kafka.bootstrapServers()).isEqualTo(bootstrapServers);
    assertThat(read("kept", 2)).containsExactly("before the kill", "before the stop");
  }

  @Test
  void shouldAnswerNobodyWhilePaused() throws Exception {
    // Given
    createTopic("paused");
    try (Admin admin = admin()) {
      // When
      kafka.pause();

      // Then
      assertThatThrownBy(() -> admin.listTopics().names().get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      kafka.resume();
      assertThat(admin.listTopics().names().get()).contains("paused");
    }
  }

  @Test
  void shouldNotMakeTopicsByItself() throws Exception {
    // When
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 500),
            new StringSerializer(),
            new StringSerializer())) {
      // Then
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unknown", "x")).get())
          .isInstanceOf(ExecutionException.class);
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static void createTopic(String topic) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private static void publish(String topic, String value) throws Exception {
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<RecordMetadata> sent = producer.send(new ProducerRecord<>(topic, value));
      producer.commitTransaction();
      sent.get();
    }
  }

  private static List<String> read(String topic, int count) {
    List<String> values = new ArrayList<>();
    try (Consumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      Awaitility.await()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> values.add(each.value()));
                return values.size() >= count;
              });
    }
    return values;
  }
}
