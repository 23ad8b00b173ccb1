package dev.puck.lab.strategy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is asked of a consumer. Thread-safe. */
final class ConsumerHttp {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 50;

  private ConsumerHttp() {}

  /** The answer to a GET, whatever its status. */
  private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return CLIENT.send(request(url).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /**
   * Orders something.
   *
   * @throws IOException if it is not accepted
   */
  static void post(String url) throws IOException, InterruptedException {
    HttpRequest order = request(url).POST(HttpRequest.BodyPublishers.noBody()).build();
    HttpResponse<String> answer = CLIENT.send(order, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(url + " answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  /**
   * Returns when it serves.
   *
   * @throws IOException if it does not in time
   */
  static void awaitReady(String url) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
    HttpResponse<byte[]> answer = get(url + "/health/ready");
    while (answer.statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "The consumer is not ready after "
                + READY_PATIENCE.toSeconds()
                + " s: "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      answer = get(url + "/health/ready");
    }
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
  }
}
