package dev.puck.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of the docs is compiled and run as they say. */
@ExtendWith(PuckExtension.class)
class DownstreamExampleIT {
  private static final Path SOURCE =
      Path.of("..", "docs", "examples", "downstream", "ActivityCounters.java");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST_LINES = 100;

  @TempDir private Path directory;

  @Test
  void shouldCountOnceAndSayWhenItCannot(TestEnvironment environment) throws Exception {
    // Given
    assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(MOST_LINES);
    try (WalDatabase database = new WalDatabase(environment)) {
      BridgeSetup setup =
          new BridgeSetup(environment).route("activity", "activity", "/messageid").partitions(2);
      Process service;
      try (Bridge bridge = setup.start()) {
        service = start(environment.bootstrapServers(), setup.topic("activity"));
        try {
          // When
          database.run(
              notify("{\"messageid\":1,\"rts\":1,\"favs\":0}"),
              notify("{\"messageid\":2,\"rts\":1,\"favs\":0}"),
              notify("{\"messageid\":1,\"rts\":1,\"favs\":1}"),
              notify("{\"messageid\":1,\"rts\":-1,\"favs\":0}"));
          awaitState("\"retweets\":{\"1\":1,\"2\":1}", "\"exact\":true");
          repeatAndRemove(environment, setup.topic("activity"));
          awaitState("\"retweets\":{\"1\":6}", "\"exact\":true");
          assertThat(bridge.status().gaps()).isZero();
        } catch (Exception | Error e) {
          service.destroyForcibly();
          throw e;
        }
      }

      // Then: the bridge was away
      try (Bridge bridge = setup.start()) {
        await().atMost(PATIENCE).until(() -> bridge.status().gaps() == 1);
        awaitState("\"retweets\":{\"1\":6}", "\"exact\":false");
      } finally {
        service.destroyForcibly();
        assertThat(service.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** What comes twice, what comes too late, what is none of ours, and a tombstone. */
  private static void repeatAndRemove(TestEnvironment environment, String topic) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", environment.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      String five = "{\"messageid\":1,\"rts\":5,\"favs\":0}";
      List<ProducerRecord<String, String>> records =
          List.of(
              record(topic, "1", five, "message", "00000009.000000000001.0000000000", "a"),
              record(topic, "1", five, "message", "00000010.000000000000.0000000000", "a"),
              record(topic, "1", five, "message", "00000009.000000000002.0000000000", "b"),
              record(topic, "1", five, "of-the-future", "00000010.000000000001.0000000000", "c"),
              record(topic, "1", "no JSON", "message", "00000010.000000000002.0000000000", "d"),
              record(topic, "2", null, "message", "00000010.000000000003.0000000000", "e"));
      for (ProducerRecord<String, String> each : records) {
        producer.send(each).get();
      }
    }
  }

  private static ProducerRecord<String, String> record(
      String topic, String key, @Nullable String value, String kind, String position, String id) {
    ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
    Map.of("puck.kind", kind, "puck.position", position, "puck.id", id)
        .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    return record;
  }

  private static String notify(String payload) {
    return "select pg_notify('activity', '" + payload + "')";
  }

  private void awaitState(String... parts) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(lastLine()).contains(parts));
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("out"));
    return lines.isEmpty() ? "(nothing yet)" : lines.get(lines.size() - 1);
  }

  private Process start(String bootstrapServers, String topic) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SOURCE.toString(),
            bootstrapServers,
            topic)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }
}
