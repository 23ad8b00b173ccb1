package dev.puck.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.service.health.Health;
import dev.puck.service.metric.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients as they are not meant to be, over real sockets. */
@Timeout(60)
class LimitsTest {
  private static final String HEAD = "GET /own/ok HTTP/1.1\r\nHost: localhost\r\n";
  private static final String OK = "HTTP/1.1 200";

  /** So long that nothing is closed for being slow. */
  private static final Duration LONG = Duration.ofSeconds(50);

  private final Metrics metrics = new Metrics();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    metrics.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** They hold connections, and no thread: eight threads, a hundred clients. */
  @Test
  void shouldServeOthersWhileManyAreSlow() throws IOException {
    try (HttpService http = start(new Limits(8, 200, 100, LONG))) {
      for (int i = 0; i < 100; i++) {
        write(connect(http), "GET /own/ok HTTP/1.1\r\nHost: loc");
      }

      assertThat(ask(connect(http))).startsWith(OK);
    }
  }

  @Test
  void shouldLetMoreConnectionsWaitUntilOthersHaveGone() throws IOException {
    try (HttpService http = start(new Limits(8, 3, 100, LONG))) {
      // Given
      List<Socket> first = List.of(connect(http), connect(http), connect(http));
      for (Socket socket : first) {
        assertThat(ask(socket)).startsWith(OK);
      }

      // When
      Socket fourth = connect(http);
      write(fourth, HEAD + "\r\n");
      fourth.setSoTimeout(500);
      boolean waits = isSilent(fourth);
      first.get(0).close();

      // Then
      assertThat(waits).isTrue();
      fourth.setSoTimeout(0);
      assertThat(read(fourth)).startsWith(OK);
    }
  }

  /** Each byte makes an idle timeout start anew; all connections are theirs. */
  @Test
  void shouldNotWaitForeverForHeadsThatComeByteByByte() throws IOException {
    try (HttpService http = start(new Limits(8, 4, 100, Duration.ofSeconds(1)))) {
      List<Socket> slow = List.of(connect(http), connect(http), connect(http), connect(http));
      slow.forEach(socket -> write(socket, "GET /own/ok HTTP/1.1\r\nHost: localhost\r\nX: "));
      Socket other = connect(http);
      write(other, HEAD + "\r\n");

      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> slow.stream().noneMatch(LimitsTest::takesMore));
      assertThat(read(other)).startsWith(OK);
    }
  }

  @Test
  void shouldNotWaitForeverForABodyThatComesByteByByte() throws IOException {
    try (HttpService http = start(new Limits(8, 4, 1000, Duration.ofSeconds(1)))) {
      Socket slow = connect(http);
      write(slow, "POST /own/body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n");

      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !takesMore(slow));
    }
  }

  @Test
  void shouldWaitForAnAnswerAndAfterItAsLongAsItTakes() throws IOException {
    try (HttpService http = start(new Limits(8, 4, 1000, Duration.ofSeconds(1)))) {
      // Given
      Socket patient = connect(http);
      write(patient, "POST /own/late HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody");
      Socket slow = connect(http);

      // When: as long as it takes for slow ones to be closed
      write(slow, "GET");
      await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> !takesMore(slow));
      released.countDown();

      // Then
      assertThat(read(patient)).startsWith(OK);
      assertThat(ask(patient)).startsWith(OK);
    }
  }

  @Test
  void shouldRefuseLargeBodies() throws IOException {
    try (HttpService http = start(new Limits(8, 4, 1000, LONG))) {
      Socket socket = connect(http);
      write(socket, "POST /own/body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n");
      write(socket, "x".repeat(1001));

      assertThat(read(socket)).startsWith("HTTP/1.1 413");
    }
  }

  private HttpService start(Limits limits) {
    return HttpService.start(
        new HttpConfig("127.0.0.1", 0, null),
        limits,
        new Health(List.of()),
        metrics,
        Map::of,
        routes -> {
          routes.get("/own/ok", context -> context.result("ok"));
          routes.post("/own/body", context -> context.result(context.body()));
          routes.post(
              "/own/late",
              context -> {
                released.await();
                context.result("late");
              });
        });
  }

  private Socket connect(HttpService http) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(http.url()).getPort());
    sockets.add(socket);
    return socket;
  }

  private static String ask(Socket socket) throws IOException {
    write(socket, HEAD + "\r\n");
    return read(socket);
  }

  private static void write(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends one byte; whether the server is still there to take it. */
  private static boolean takesMore(Socket socket) {
    try {
      socket.getOutputStream().write('x');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSilent(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == Integer.MIN_VALUE;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** What has come once something comes; empty if the server hangs up. */
  private static String read(Socket socket) throws IOException {
    byte[] bytes = new byte[8192];
    int length = socket.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(0, length), StandardCharsets.US_ASCII);
  }
}
