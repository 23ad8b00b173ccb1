package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedKafka;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.event.GapEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While PostgreSQL is away nothing is received; afterwards it goes on, and a gap says so. */
@ExtendWith(PuckExtension.class)
class PostgresOutageIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static EmbeddedServers own;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startPostgres() {
    ServerConfig config = ServerConfig.defaults().withSetting("max_notify_queue_pages", "64");
    own = EmbeddedServers.inTemporaryDirectory(EmbeddedConfig.defaults().withPostgres(config));
    postgres = own.postgres();
  }

  @AfterAll
  static void stopServers() {
    own.close();
  }

  @BeforeEach
  void shouldRun() {
    postgres.start();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnAfterPostgresWasAway(boolean killed, EmbeddedServers shared) throws Exception {
    // Given
    BridgeSetup setup = setup("pg" + killed, shared.kafka());
    try (Bridge bridge = setup.start();
        TopicReader reader = setup.read("c")) {
      notifyOnce("before");
      reader.awaitMessages(1);
      assertThat(get(bridge, "/health/ready").statusCode()).isEqualTo(200);

      // When
      Instant loss = Instant.now();
      if (killed) {
        postgres.kill();
      } else {
        postgres.stop();
      }
      await().until(() -> get(bridge, "/health/ready").statusCode() == 503);
      String report = get(bridge, "/health/ready").body();
      Instant back = Instant.now();
      postgres.start();
      await().until(() -> bridge.status().gaps() == 1);
      notifyOnce("after");

      // Then
      reader.awaitMessages(2);
      assertThat(reader.all())
          .extracting(event -> event.isGap() ? "gap" : event.value())
          .containsExactly("before", "gap", "after");
      GapEvent gap =
          GapEvent.fromJson(reader.gaps().get(0).value().getBytes(StandardCharsets.UTF_8));
      assertThat(gap.from()).isBefore(loss);
      assertThat(gap.to()).isAfter(back);
      assertThat(report).contains("PostgreSQL").doesNotContain("\"source\":\"ok\"");
      assertThat(get(bridge, "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldLetGoOfTheQueueRatherThanFailTheApplication() throws Exception {
    // Given
    EmbeddedKafka kafka = own.kafka();
    BridgeSetup setup =
        setup("slow", kafka).queueMaxBytes(1 << 16).checkpointInterval(Duration.ofMillis(100));
    try (Bridge bridge = setup.start();
        Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement();
        TopicReader reader = setup.read("c")) {
      statement.execute("set synchronous_commit = off");
      notifyOnce("first");
      reader.awaitMessages(1);
      Instant began = Instant.now();
      kafka.pause();

      // When
      int sent = 0;
      while (problemOf(bridge).equals("ok") && sent < 50_000) {
        // Fast until the sockets between are full; then slower the fuller the queue is, since a
        // busy machine may look at it late.
        statement.execute(
            "select pg_notify('c', '" + "%05d".formatted(sent) + "' || repeat('x', 7000))");
        double usage = usage(statement);
        if (usage > 0.05) {
          statement.execute("select pg_sleep(" + usage + ")");
        }
        sent++;
      }
      String problem = problemOf(bridge);
      await().until(() -> usage(statement) < 0.02);
      Instant letGo = Instant.now();
      kafka.resume();

      // Then
      assertThat(problem).startsWith("the bridge could not keep up and let go");
      await().until(() -> bridge.status().gaps() == 1);
      notifyOnce("last");
      reader.awaitUntil(read -> read.stream().anyMatch(e -> e.value().equals("last")));
      List<Event> events = reader.all();
      List<Integer> received =
          reader.values().stream()
              .filter(value -> value.length() > 100)
              .map(value -> Integer.parseInt(value.substring(0, 5)))
              .toList();
      assertThat(received).isSorted().doesNotHaveDuplicates().startsWith(0, 1, 2);
      assertThat(events.get(events.size() - 1).value()).isEqualTo("last");
      assertThat(events.get(events.size() - 2).isGap()).isTrue();
      GapEvent gap =
          GapEvent.fromJson(reader.gaps().get(0).value().getBytes(StandardCharsets.UTF_8));
      assertThat(gap.reason()).startsWith("the bridge could not keep up and let go");
      assertThat(gap.from()).isBefore(letGo);
      assertThat(gap.to()).isAfter(began);
    }
  }

  private static BridgeSetup setup(String name, EmbeddedKafka kafka) {
    return new BridgeSetup(name, postgres.url("postgres"), kafka.bootstrapServers())
        .partitions(1)
        .route("c", "c", null);
  }

  private static String problemOf(Bridge bridge) {
    return bridge.status().checks().getOrDefault("source", "(none)");
  }

  private static void notifyOnce(String payload) throws SQLException {
    try (Connection connection = postgres.connect("postgres")) {
      BridgeSetup.notify(connection, "c", payload);
    }
  }

  private static double usage(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select pg_notification_queue_usage()")) {
      row.next();
      return row.getDouble(1);
    }
  }

  private static HttpResponse<String> get(Bridge bridge, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(bridge.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
