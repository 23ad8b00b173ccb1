package dev.puck.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.consumer.config.JobConfig;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Tokens;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Consumers that have only jobs, and so no need of Kafka, and what they answer about them. */
final class JobConsumers implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** New Year: never while a test runs. */
  static final String NEVER = "0 0 1 1 *";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final KafkaConfig NO_KAFKA = new KafkaConfig("127.0.0.1:1", Map.of());

  private final PostgresConfig postgres;
  private final Deque<Projector> running = new ArrayDeque<>();
  final Connection connection;

  JobConsumers(TestEnvironment environment) throws SQLException {
    this(
        new PostgresConfig(
            environment.url(), environment.user(), new Secret(environment.password())),
        environment.connect());
  }

  /**
   * In that database.
   *
   * @param connection to it, which this closes
   */
  JobConsumers(PostgresConfig postgres, Connection connection) {
    this.postgres = postgres;
    this.connection = connection;
  }

  /** A process of the consumer. */
  Projector start(JobConfig... jobs) {
    Projector started =
        Projector.start(
            new ConsumerConfig(
                "jobs",
                postgres,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(jobs),
                Tokens.CHANNEL,
                null,
                new HttpConfig("127.0.0.1", 0, null)),
            NO_KAFKA);
    running.push(started);
    return started;
  }

  void stop(Projector projector) {
    running.remove(projector);
    projector.close();
  }

  static JobConfig every(String name, Duration every, String sql) {
    return new JobConfig(name, null, sql, every, null, Duration.ofMinutes(5), 100);
  }

  /** Runs only when asked to. */
  static JobConfig onRequest(String name, String sql) {
    return new JobConfig(name, null, sql, null, NEVER, Duration.ofMinutes(5), 100);
  }

  /** What {@code GET /jobs/NAME} answers. */
  static JsonNode job(Projector projector, String name) {
    try {
      return JSON.readTree(Playground.get(projector, "/jobs/" + name).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** That answer, once it is as wanted. */
  static JsonNode await(Projector projector, String name, Predicate<JsonNode> wanted) {
    return Awaitility.await().atMost(PATIENCE).until(() -> job(projector, name), wanted);
  }

  /** The job, once its last run ended so. */
  static JsonNode awaitOutcome(Projector projector, String name, String outcome) {
    return await(projector, name, job -> job.at("/job/last/outcome").asText().equals(outcome));
  }

  /** The status of the answer to that order. */
  static int order(Projector projector, String name, String order) {
    return order(projector, name, order, null);
  }

  static int order(Projector projector, String name, String order, @Nullable String origin) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(projector.url() + "/jobs/" + name + "/" + order))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (origin != null) {
      request.header("Origin", origin);
    }
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has taken the order, which it refuses while the job runs. */
  static void orderOnceIdle(Projector projector, String name, String order) {
    Awaitility.await().atMost(PATIENCE).until(() -> order(projector, name, order) == 202);
  }

  /** Waits until the metric whose line starts so is at least that. */
  static void awaitMetric(Projector projector, String start, double least) {
    Awaitility.await().atMost(PATIENCE).until(() -> metric(projector, start) >= least);
  }

  /** The value of the line of the metrics that starts so; NaN without such a line. */
  private static double metric(Projector projector, String start) throws Exception {
    return Playground.get(projector, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  @Override
  public void close() throws SQLException {
    while (!running.isEmpty()) {
      running.pop().close();
    }
    connection.close();
  }
}
