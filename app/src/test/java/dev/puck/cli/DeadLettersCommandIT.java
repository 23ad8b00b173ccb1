package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.Projector;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.ReducerConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.lab.tweet.MessageCounters;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.http.HttpConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code puck dead-letters} for what a projection could not apply. */
@ExtendWith(PuckExtension.class)
class DeadLettersCommandIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestEnvironment environment;
  @TempDir private Path directory;

  DeadLettersCommandIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldListShowAndReplayToTheProjection() throws Exception {
    // Given
    send("{\"messageid\":7,\"rts\":1,\"favs\":0}", "no JSON");
    try (Projector consumer = Projector.start(consumerConfig(), kafka())) {
      await()
          .atMost(PATIENCE)
          .until(() -> consumer.status().projections().get(0).deadLetters() == 2);
      String keyless = topic() + ".dead-letter/0@0";
      String broken = topic() + ".dead-letter/0@1";

      // When
      CommandRun listed = run(consumer, "list", "--projection", "counters");
      CommandRun shown = run(consumer, "show", keyless);
      CommandRun failed = run(consumer, "replay", broken);
      CommandRun replayed = run(consumer, "replay", keyless, "--key", "7");
      CommandRun repeated = run(consumer, "replay", keyless, "--key", "7");
      CommandRun all = run(consumer, "replay", "--projection", "counters");

      // Then
      assertThat(listed.out().lines()).hasSize(2);
      assertThat(listed.out()).contains(keyless, "reducer/counters", "no key", "\"rts\":1");
      assertThat(shown.out()).contains("event      " + topic() + "/0@0", "error      dev.puck.");
      assertThat(failed.exitCode()).as("%s", failed).isEqualTo(ExitCode.FAILURE);
      assertThat(replayed.out()).contains("Replayed " + keyless + " to reducer/counters.");
      assertThat(consumer.reducer("counters").get("7"))
          .isEqualTo(new MessageCounters.Counters(7, 1, 0));
      assertThat(repeated.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(repeated.err()).contains("was replayed before");
      assertThat(all.exitCode()).as("%s", all).isEqualTo(ExitCode.FAILURE);
      assertThat(all.out().lines()).singleElement().asString().contains("failed again");

      // And from Kafka alone each is one, though it was kept several times
      CommandRun kept = run("list", "--topic", topic(), "-c", config());
      assertThat(kept.out().lines()).hasSize(2);
      assertThat(kept.out()).contains("reducer/counters");
    }
  }

  private void send(String... values) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic(topic(), 1, (short) 1))).all().get();
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", environment.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        producer
            .send(new ProducerRecord<>(topic(), null, value.getBytes(StandardCharsets.UTF_8)))
            .get();
      }
    }
  }

  private static CommandRun run(Projector consumer, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = consumer.url();
    return run(all);
  }

  private static CommandRun run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "dead-letters";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(all);
  }

  private String config() throws Exception {
    Path file = directory.resolve("puck.yaml");
    Files.writeString(
        file, "kafka:\n  bootstrap-servers: \"" + environment.bootstrapServers() + "\"\n");
    return file.toString();
  }

  private String topic() {
    return environment.topicPrefix() + "activity";
  }

  private KafkaConfig kafka() {
    return new KafkaConfig(environment.bootstrapServers(), Map.of());
  }

  private ConsumerConfig consumerConfig() {
    return new ConsumerConfig(
        environment.name(),
        null,
        null,
        null,
        List.of(),
        List.of(
            new ReducerConfig(
                "counters", List.of(topic()), MessageCounters.class.getName(), null, null, null)),
        List.of(),
        topic() + ".tokens",
        null,
        new HttpConfig("127.0.0.1", 0, null));
  }
}
