package dev.puck.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.client.CacheClient;
import dev.puck.client.CacheRead;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The reducer of the docs is compiled, and run by the command with their configuration. */
@ExtendWith(PuckExtension.class)
class ReducerExampleIT {
  private static final Path EXAMPLE = Path.of("..", "docs", "examples", "reducer");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void shouldFoldEventsByTheDocumentsOwnClass(TestEnvironment environment) throws Exception {
    // Given
    String topic = environment.topicPrefix() + "tweet.activity";
    publish(environment, topic);
    Path classes = compile();
    int port = freePort();
    Path config = directory.resolve("puck.yaml");
    Files.writeString(config, configuration(environment, topic, port));

    // When
    try (PuckProcess consumer =
        PuckProcess.startWith(
            classes, directory.resolve("log"), "consume", "-c", config.toString())) {
      CacheClient client = CacheClient.of(URI.create("http://127.0.0.1:" + port));

      // Then
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () ->
                  assertThat(client.get("popularity", "3"))
                      .as(consumer.output())
                      .isInstanceOf(CacheRead.Found.class)
                      .extracting(read -> String.valueOf(read.orNull()))
                      .isEqualTo("{\"score\":7,\"actions\":3}"));
      assertThat(client.get("popularity", "4")).isInstanceOf(CacheRead.Missing.class);
      assertThat(consumer.terminate()).isIn(0, 143);
    }
  }

  @Test
  void shouldDependOnTheVersionThereIs() throws Exception {
    String own = Files.readString(Path.of("pom.xml"));
    String version = own.substring(own.indexOf("<version>"), own.indexOf("</version>"));

    assertThat(Files.readString(EXAMPLE.resolve("pom.xml"))).contains(version + "</version>");
  }

  private static void publish(TestEnvironment environment, String topic) throws Exception {
    Map<String, Object> servers = Map.of("bootstrap.servers", environment.bootstrapServers());
    try (Admin admin = Admin.create(servers)) {
      admin.createTopics(Set.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
    try (var producer =
        new KafkaProducer<>(servers, new StringSerializer(), new StringSerializer())) {
      for (String event :
          List.of(
              "{\"messageid\":3,\"rts\":1,\"favs\":0}",
              "{\"messageid\":3,\"rts\":1,\"favs\":2}",
              "{\"messageid\":3}",
              "{\"messageid\":3,\"rts\":0,\"favs\":-1}")) {
        producer.send(new ProducerRecord<>(topic, "3", event)).get();
      }
    }
  }

  /** As {@code mvn package} would, without a repository. */
  private Path compile() throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-Xlint:all,-processing,-classfile",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                EXAMPLE.resolve("src/main/java/example/Popularity.java").toString());
    assertThat(result).isZero();
    return classes;
  }

  private static String configuration(TestEnvironment environment, String topic, int port)
      throws IOException {
    return Files.readString(EXAMPLE.resolve("puck.yaml"), UTF_8)
        .replace("${KAFKA}", '"' + environment.bootstrapServers() + '"')
        .replace("[tweet.activity]", "[" + topic + "]")
        .replace("name: popularity\n  reducers", "name: " + environment.name() + "\n  reducers")
        .replace("port: 8081", "port: " + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
