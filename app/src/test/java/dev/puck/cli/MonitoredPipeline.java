package dev.puck.cli;

import dev.puck.bridge.Bridge;
import dev.puck.consumer.Projector;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Bridge and consumer as docker-compose.yml configures them, on the servers of the tests. */
final class MonitoredPipeline implements AutoCloseable {
  private static final String TOKEN = "0123456789abcdef";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path file;
  private final Bridge bridge;
  private final Projector consumer;

  private MonitoredPipeline(Path file, Bridge bridge, Projector consumer) {
    this.file = file;
    this.bridge = bridge;
    this.consumer = consumer;
  }

  /** Starts both, with the demo's tweets, and without anybody who retweets them. */
  static MonitoredPipeline start(TestEnvironment environment, Path directory) throws Exception {
    String downstream = environment.url(environment.newDatabase());
    Path root = Project.root();
    Path file = directory.resolve("puck.yaml");
    String composed = Files.readString(root.resolve("ops/compose/puck.yaml"));
    Files.writeString(file, adapted(composed, environment, downstream));
    Path sql = Files.createDirectories(directory.resolve("sql/summary"));
    Files.copy(root.resolve("sql/summary/counters.sql"), sql.resolve("counters.sql"));
    new ConfiguredDatabase(directory, downstream, environment.user())
        .run(
            Files.readString(root.resolve("sql/cache/counters.sql"))
                + """
                ;
                create materialized view twcache.top as table twcache.counters;
                create unique index on twcache.top (messageid);
                """);
    for (String command : List.of("init", "traffic --prepare", "watch tweet.message")) {
      CommandRun run = CommandRun.of((command + " --config " + file).split(" "));
      if (run.exitCode() != ExitCode.OK) {
        throw new AssertionError(command + ": " + run.err());
      }
    }
    return start(file, new ConfigLoader(Map.of()).load(file, PuckConfig.class));
  }

  private static MonitoredPipeline start(Path file, PuckConfig config) throws Exception {
    Bridge bridge = Bridge.start(Objects.requireNonNull(config.bridge()), config.kafka());
    try {
      return new MonitoredPipeline(
          file, bridge, Projector.start(Objects.requireNonNull(config.consumer()), config.kafka()));
    } catch (RuntimeException e) {
      bridge.close();
      throw e;
    }
  }

  private static String adapted(String composed, TestEnvironment environment, String downstream) {
    String password = Objects.requireNonNullElse(environment.password(), "");
    return composed
        .replace("kafka:9092", '"' + environment.bootstrapServers() + '"')
        .replace("postgresql://postgres:5432/tweeter", environment.url())
        .replace("postgresql://postgres:5432/downstream", downstream)
        .replace("redis://redis:6379", environment.redisUrl())
        .replaceAll("user: \\w+", "user: " + environment.user())
        .replace("${PUCK_PASSWORD}", '"' + password + '"')
        .replace("${PUCK_HTTP_TOKEN}", TOKEN)
        .replaceAll("0\\.0\\.0\\.0", "127.0.0.1")
        .replaceAll("port: \\d+", "port: 0")
        .replace("name: tweets", "name: " + environment.name())
        .replace(
            "source: outbox", "source: outbox\n  topics: {prefix: " + prefix(environment) + "}")
        .replace("topics: [", "topics: [" + prefix(environment))
        .replace("  audit:", "  token-topic: " + prefix(environment) + "puck.token\n  audit:");
  }

  private static String prefix(TestEnvironment environment) {
    return environment.topicPrefix();
  }

  /** The configuration of both. */
  Path file() {
    return file;
  }

  Bridge bridge() {
    return bridge;
  }

  Projector consumer() {
    return consumer;
  }

  /** Runs {@code puck audit} over HTTP. */
  CommandRun audit(String projection) {
    return CommandRun.of("audit", projection, "--config", file.toString(), "--url", consumer.url());
  }

  /** What a process tells of itself. */
  static String scrape(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    consumer.close();
    bridge.close();
  }
}
