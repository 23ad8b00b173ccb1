package dev.puck.cli;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Prometheus on a free port of loopback, with the rules and the jobs of ops/prometheus. */
final class Prometheus implements AutoCloseable {
  private static final Path CONFIGURATION = Project.root().resolve("ops/prometheus/prometheus.yml");
  private static final Pattern ADDRESS =
      Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final String address;

  private Prometheus(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("prometheus", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Begins to scrape; {@code directory} holds what it keeps, and its log. */
  static Prometheus start(Path directory, List<String> bridges, List<String> consumers)
      throws IOException {
    Path file = directory.resolve("prometheus.yml");
    Files.writeString(file, adapted(Files.readString(CONFIGURATION), bridges, consumers));
    Path log = directory.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new Prometheus(process, address(process, log));
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** What an instant query gives now: series with their labels and values. */
  List<JsonNode> query(String expression) {
    return Dashboard.stream(get("query?query=" + encoded(expression)).path("result")).toList();
  }

  /** The values that a label of a metric has. */
  List<String> labelValues(String metric, String label) {
    return Dashboard.stream(get("label/" + label + "/values?match[]=" + encoded(metric)))
        .map(JsonNode::asText)
        .toList();
  }

  /** All rules, with how evaluating them went. */
  List<JsonNode> rules() {
    return Dashboard.stream(get("rules").path("groups"))
        .flatMap(group -> Dashboard.stream(group.path("rules")))
        .toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode get(String path) {
    try {
      URI uri = URI.create("http://" + address + "/api/v1/" + path.replace("[]", "%5B%5D"));
      String body =
          HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      JsonNode answer = JSON.readTree(body);
      if (!answer.path("status").asText().equals("success")) {
        throw new AssertionError(path + ": " + body);
      }
      return answer.path("data");
    } catch (IOException e) {
      throw new AssertionError(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(path, e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** It is told to take any port, and writes which it took. */
  private static String address(Process process, Path log) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              String text = Files.readString(log);
              if (!process.isAlive()) {
                throw new AssertionError("Prometheus ended: " + text);
              }
              Matcher matcher = ADDRESS.matcher(text);
              return matcher.find() ? matcher.group(1) : "";
            },
            found -> !found.isEmpty());
  }

  private static String adapted(String file, List<String> bridges, List<String> consumers) {
    String adapted =
        file.replace("[alerts.yml]", "['" + CONFIGURATION.resolveSibling("alerts.yml") + "']")
            .replaceAll("_interval: 5s", "_interval: 500ms")
            .replaceFirst("dns_sd_configs:\\s+- .*names: \\[bridge].*", targets(bridges))
            .replaceFirst("dns_sd_configs:\\s+- .*names: \\[consumer].*", targets(consumers));
    if (adapted.contains("dns_sd_configs")) {
      throw new AssertionError("Another job: " + adapted);
    }
    return adapted;
  }

  private static String targets(List<String> urls) {
    return urls.stream()
        .map(url -> "'" + URI.create(url).getAuthority() + "'")
        .collect(Collectors.joining(", ", "static_configs: [{targets: [", "]}]"));
  }
}
