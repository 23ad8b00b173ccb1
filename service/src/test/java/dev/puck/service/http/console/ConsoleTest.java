package dev.puck.service.http.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.config.Secret;
import dev.puck.service.health.Health;
import dev.puck.service.http.HttpConfig;
import dev.puck.service.http.HttpService;
import dev.puck.service.metric.Metrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConsoleTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern FILE = Pattern.compile("['\"](?:/console|\\.)/([a-z.-]+)['\"]");

  private final Metrics metrics = new Metrics();

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void shouldServeThePageAndAllThatItNames() throws Exception {
    try (HttpService http = start(null)) {
      List<String> paths = new ArrayList<>(List.of("/"));
      for (int i = 0; i < paths.size(); i++) {
        HttpResponse<String> response = get(http, paths.get(i));
        assertThat(response.statusCode()).as(paths.get(i)).isEqualTo(200);
        assertThat(header(response, "Content-Security-Policy"))
            .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for")
            .doesNotContain("unsafe", "http", "*");
        assertThat(response.body()).doesNotContain(" style=\"", "<script>", "src=\"http");
        Matcher file = FILE.matcher(response.body());
        while (file.find()) {
          String path = "/console/" + file.group(1);
          if (!paths.contains(path) && !path.endsWith("/plot.js") && !path.endsWith("/events")) {
            paths.add(path);
          }
        }
      }
      assertThat(paths).contains("/console/main.js", "/console/plot.css", "/console/icon.svg");
      assertThat(get(http, "/console/plot.js").body()).contains("uPlot as default");
    }
  }

  @Test
  void shouldSendAFileAgainOnlyIfItChanged() throws Exception {
    try (HttpService http = start(null)) {
      String etag = header(get(http, "/console/main.js"), "ETag");

      HttpRequest request =
          HttpRequest.newBuilder(URI.create(http.url() + "/console/main.js"))
              .header("If-None-Match", etag)
              .build();
      assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }
  }

  @Test
  void shouldServeNothingElse() throws Exception {
    try (HttpService http = start(null)) {
      for (String path :
          List.of("/console/Console.class", "/console/missing.js", "/console/package-info.class")) {
        assertThat(get(http, path).statusCode()).as(path).isEqualTo(404);
      }
    }
  }

  @RepeatedTest(5)
  void shouldStreamTheStatusAndEndWithTheProcess() throws Exception {
    HttpService http = start(null);
    try (BufferedReader events = reader(open(http))) {
      List<String> lines = new ArrayList<>();
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        lines.add(line);
        if (line.startsWith("data: {\"at\":") && lines.contains("event: status")) {
          assertThat(line).contains("\"status\":{\"bridge\":\"b\",\"received\":7}");
          http.close();
        }
      }
      assertThat(lines).startsWith("event: history").contains("event: status");
    } finally {
      http.close();
    }
  }

  @Test
  void shouldBoundTheStreamsAndGiveThemBack() throws Exception {
    try (HttpService http = start(null)) {
      List<InputStream> streams = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        streams.add(open(http).body());
      }
      HttpResponse<InputStream> ninth = open(http);
      assertThat(ninth.statusCode()).isEqualTo(503);
      assertThat(new String(ninth.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("8 consoles watch");
      assertThat(get(http, "/status").statusCode()).as("others are served").isEqualTo(200);

      streams.get(0).close();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                HttpResponse<InputStream> again = open(http);
                again.body().close();
                assertThat(again.statusCode()).isEqualTo(200);
              });
    }
  }

  @Test
  void shouldShowThePageButNoStatusWithoutTheToken() throws Exception {
    try (HttpService http = start(new Secret(TOKEN))) {
      assertThat(get(http, "/").statusCode()).isEqualTo(200);
      assertThat(get(http, "/console/main.js").statusCode()).isEqualTo(200);
      assertThat(get(http, "/console/events").statusCode()).isEqualTo(401);
      assertThat(get(http, "/console/events/").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void shouldTellWhatItsPeersSayWithItsTokenAndWhySomeSayNothing() throws Exception {
    Secret token = new Secret(TOKEN);
    try (HttpService peer = start(token);
        HttpService other = start(new Secret("another-" + TOKEN));
        HttpService http =
            start(token, List.of(peer.url(), other.url(), "http://127.0.0.1:" + free()));
        BufferedReader events = reader(open(http, TOKEN))) {
      await()
          .untilAsserted(
              () -> {
                JsonNode peers = nextStatus(events).get("peers");
                assertThat(peers.at("/0/status")).hasToString("{\"bridge\":\"b\",\"received\":7}");
                assertThat(peers.at("/0/url").asText()).isEqualTo(peer.url());
                assertThat(peers.at("/1"))
                    .hasToString(
                        "{\"url\":\"%s\",\"problem\":\"HTTP 401\"}".formatted(other.url()));
                assertThat(peers.at("/2/problem").asText()).isNotEmpty();
                assertThat(peers.at("/2").has("status")).isFalse();
              });
    }
  }

  /** Where nobody listens. */
  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static JsonNode nextStatus(BufferedReader events) throws IOException {
    String before = "";
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (before.equals("event: status")) {
        return JsonMapper.builder().build().readTree(line.substring("data: ".length()));
      }
      before = line;
    }
    throw new AssertionError("The stream ended");
  }

  private HttpService start(@Nullable Secret token) {
    return start(token, List.of());
  }

  private HttpService start(@Nullable Secret token, List<String> peers) {
    return HttpService.start(
        new HttpConfig("127.0.0.1", 0, token, false, peers),
        new Health(List.of()),
        metrics,
        () -> new Status("b", 7),
        routes -> {});
  }

  /** In an order of its own. */
  record Status(@JsonProperty String bridge, @JsonProperty int received) {}

  private static HttpResponse<String> get(HttpService http, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(http.url() + path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<InputStream> open(HttpService http) throws Exception {
    return open(http, "none");
  }

  private static HttpResponse<InputStream> open(HttpService http, String token) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(http.url() + "/console/events"))
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofInputStream());
  }

  private static BufferedReader reader(HttpResponse<InputStream> response) throws IOException {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
