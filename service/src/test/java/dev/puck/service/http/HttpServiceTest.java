package dev.puck.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.config.Secret;
import dev.puck.service.health.Health;
import dev.puck.service.metric.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpServiceTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Metrics metrics = new Metrics();
  private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void shouldSayThatItLives() throws Exception {
    try (HttpService http = start(open())) {
      assertJson(get(http, "/health/live"), 200, Map.of("live", true));
    }
  }

  @Test
  void shouldSayWhetherItIsReady() throws Exception {
    try (HttpService http = start(open())) {
      assertJson(
          get(http, "/health/ready"), 200, Map.of("ready", true, "checks", Map.of("source", "ok")));

      problem.set(Optional.of("is \"away\""));

      assertJson(
          get(http, "/health/ready"),
          503,
          Map.of("ready", false, "checks", Map.of("source", "is \"away\"")));
    }
  }

  @Test
  void shouldRefuseOrdersFromPagesOfOtherSites() throws Exception {
    try (HttpService http = start(open())) {
      assertThat(post(http, "https://example.com")).isEqualTo(403);
      assertThat(post(http, "null")).isEqualTo(403);
      assertThat(post(http, http.url())).as("no such route, but not forbidden").isEqualTo(404);
      assertThat(post(http, null)).isEqualTo(404);
    }
  }

  private static int post(HttpService http, @Nullable String origin) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.url() + "/orders"))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (origin != null) {
      request.header("Origin", origin);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void shouldShowMetrics() throws Exception {
    // Given
    metrics.registry().counter("puck.test", "topic", "a").increment();

    try (HttpService http = start(open())) {
      // When
      HttpResponse<String> response = get(http, "/metrics");

      // Then
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .contains("puck_test_total{topic=\"a\"} 1.0", "jvm_memory_used_bytes");
    }
  }

  @Test
  void shouldShowStatus() throws Exception {
    try (HttpService http = start(open())) {
      assertJson(get(http, "/status"), 200, Map.of("source", "wal"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/health", "/metrics/x", "/STATUS", "/own/missing"})
  void shouldAnswerUnknownPathsWithJson(String path) throws Exception {
    try (HttpService http = start(open())) {
      String error =
          path.equals("/own/missing") ? "no such row" : "Endpoint GET " + path + " not found";

      assertJson(get(http, path), 404, Map.of("error", error));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/own/exception", "/own/no-json"})
  void shouldAnswerFailuresWithoutTellingWhy(String path) throws Exception {
    try (HttpService http = start(open())) {
      assertJson(get(http, path), 500, Map.of("error", "failed; the log of this process says why"));
    }
  }

  @Test
  void shouldShowNoStackTraceOfAnError() throws Exception {
    try (HttpService http = start(open())) {
      HttpResponse<String> response = get(http, "/own/error");

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("at ", "hunter2", "Jetty");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/status",
        "/own/ok",
        "/nothing",
        "/health",
        "/metrics/",
        "/console/events",
        "/console/"
      })
  void shouldAskForTheToken(String path) throws Exception {
    try (HttpService http = start(guarded())) {
      for (String header :
          List.of("", "Bearer", "Bearer ", "Bearer " + TOKEN + "x", "Basic " + TOKEN, TOKEN)) {
        HttpResponse<String> response = get(http, path, header);

        assertJson(
            response, 401, Map.of("error", "needs the header 'Authorization: Bearer TOKEN'"));
        assertThat(response.headers().firstValue("www-authenticate")).hasValue("Bearer");
      }
    }
  }

  @Test
  void shouldLetTheTokenIn() throws Exception {
    try (HttpService http = start(guarded())) {
      assertThat(get(http, "/status", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
      assertThat(get(http, "/own/ok", "bearer " + TOKEN).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldAskNoTokenForPublicReads() throws Exception {
    try (HttpService http =
        start(new HttpConfig("127.0.0.1", 0, new Secret(TOKEN), true, List.of()))) {
      assertThat(get(http, "/status").statusCode()).isEqualTo(200);
      assertThat(get(http, "/own/ok").statusCode()).isEqualTo(200);
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "QUERY")) {
        assertThat(CLIENT.send(request(http, method), BodyHandlers.ofString()).statusCode())
            .as(method)
            .isEqualTo(401);
      }
    }
  }

  private static HttpRequest request(HttpService http, String method) {
    return HttpRequest.newBuilder(URI.create(http.url() + "/own/ok"))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/metrics"})
  void shouldAskNoTokenForHealthAndMetrics(String path) throws Exception {
    try (HttpService http = start(guarded())) {
      assertThat(get(http, path).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/../status",
        "/health/%2e%2e/status",
        "/health/..;/status",
        "//status",
        "/health/..%2fstatus",
        "/status;/health/",
        "/%73tatus",
        "/status/",
        "/health/\\..\\status",
        "/console/../status",
        "/console/main.js/../../status",
        "/console/events/",
        "/console/events;.js"
      })
  void shouldNotBeTalkedIntoTheStatus(String path) throws Exception {
    try (HttpService http = start(guarded())) {
      assertThat(raw(http, path))
          .doesNotContain("wal", "\tat ", "org.eclipse")
          .matches(answer -> answer.startsWith("HTTP/1.1 4"), "is refused");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/status", "/own/missing", "/nothing", "/metrics", "/own/exception", "/own/error"})
  void shouldTellBrowsersThatItIsDataForNobodysPage(String path) throws Exception {
    try (HttpService http = start(open())) {
      HttpHeaders headers = get(http, path).headers();

      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Content-Security-Policy"))
          .hasValue("default-src 'none'; frame-ancestors 'none'");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-cache");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.1.2.3", "[::1]:80"})
  void shouldAnswerToItsOwnNamesWithoutAToken(String host) throws Exception {
    try (HttpService http = start(open())) {
      assertThat(statusFor(http, host)).startsWith("HTTP/1.1 200");
    }
  }

  /** As a page sees it that made its own name mean 127.0.0.1. */
  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"})
  void shouldAnswerToNoOtherNameWithoutAToken(String host) throws Exception {
    try (HttpService http = start(open());
        HttpService behindAProxy = start(guarded())) {
      assertThat(statusFor(http, host)).startsWith("HTTP/1.1 403").contains(host, "http.token");
      assertThat(statusFor(behindAProxy, host)).startsWith("HTTP/1.1 401");
    }
  }

  private static String statusFor(HttpService http, String host) throws IOException {
    URI uri = URI.create(http.url());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request = "GET /status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldSayThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpConfig config = new HttpConfig("127.0.0.1", taken.getLocalPort(), null);

      assertThatThrownBy(() -> start(config))
          .isInstanceOf(PortInUseException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:%s: the address is in use or not this machine's. Choose"
                  + " another http.port (0 takes any free one), or stop the process that has it.",
              taken.getLocalPort());
    }
    assertThat(httpThreads()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid", "203.0.113.1"})
  void shouldSayThatTheAddressIsNotOurs(String address) {
    HttpConfig config = new HttpConfig(address, 0, new Secret(TOKEN));

    assertThatThrownBy(() -> start(config))
        .isInstanceOf(PortInUseException.class)
        .hasMessageStartingWith("Cannot listen on " + address + ":0: ");
  }

  @Test
  void shouldFreeThePortAndItsThreads() throws IOException {
    HttpService http = start(open());
    int port = URI.create(http.url()).getPort();

    http.close();

    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThat(again.isBound()).isTrue();
    }
    assertThat(httpThreads()).isEmpty();
  }

  private static List<String> httpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("http-"))
        .toList();
  }

  private HttpService start(HttpConfig config) {
    return HttpService.start(
        config,
        new Health(List.of(Health.check("source", problem::get))),
        metrics,
        () -> Map.of("source", "wal"),
        routes -> {
          routes.get("/own/ok", context -> Json.answer(context, 200, List.of()));
          routes.get("/own/missing", context -> Json.error(context, 404, "no such row"));
          routes.get("/own/no-json", context -> Json.answer(context, 200, new Object()));
          routes.get(
              "/own/exception",
              context -> {
                throw new IOException("hunter2");
              });
          routes.get(
              "/own/error",
              context -> {
                throw new StackOverflowError("hunter2");
              });
        });
  }

  private static HttpConfig open() {
    return new HttpConfig("127.0.0.1", 0, null);
  }

  private static HttpConfig guarded() {
    return new HttpConfig("127.0.0.1", 0, new Secret(TOKEN));
  }

  private static HttpResponse<String> get(HttpService http, String path) throws Exception {
    return get(http, path, "");
  }

  private static HttpResponse<String> get(HttpService http, String path, String authorization)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(http.url() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** As no well-behaved client would ask. */
  private static String raw(HttpService http, String path) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(http.url()).getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: puck\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertJson(HttpResponse<String> response, int status, Map<String, ?> body)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.headers().firstValue("server")).isEmpty();
    assertThat(new JsonMapper().readTree(response.body()))
        .isEqualTo(new JsonMapper().valueToTree(body));
  }
}
