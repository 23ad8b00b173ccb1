package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.cache.CacheEntry;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class CacheHttpIT {
  private static final String VERSION = "00000001.000000000001.0000000000";

  private Playground playground;
  private Projector projector;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 4);
    projector = playground.startMemoryCache();
    Playground.awaitReady(projector);
  }

  @AfterEach
  void close() throws Exception {
    projector.close();
    playground.close();
  }

  @Test
  void shouldAnswerWithVersionAndAge() throws Exception {
    // Given
    playground.sendLatest("7", "{\"name\": \"Röbin\"}");
    playground.flush();
    awaitExact();

    // When
    HttpResponse<String> answer = get("/caches/latest/7");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"name\": \"Röbin\"}");
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + VERSION + "\"");
    assertThat(Long.parseLong(answer.headers().firstValue("Age").orElseThrow())).isBetween(0L, 5L);
    assertThat(get("/caches/latest/%7B%22id%22%3A7%7D").body()).isEqualTo(answer.body());

    // And
    HttpResponse<String> known = get("/caches/latest/7", "\"other\", \"" + VERSION + "\"");
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.headers().firstValue("ETag")).hasValue("\"" + VERSION + "\"");
    assertThat(get("/caches/latest/7", "\"other\"").statusCode()).isEqualTo(200);

    // And
    playground.sendLatest("7", "2");
    playground.flush();
    await().until(() -> get("/caches/latest/7", "\"" + VERSION + "\"").statusCode() == 200);
    assertThat(get("/caches/latest/8").statusCode()).isEqualTo(404);
    assertThat(get("/caches/elsewhere/8").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldAnswerManyAtOnce() throws Exception {
    // Given
    playground.sendLatest("a", "{\"n\":1}");
    playground.flush();
    awaitExact();
    String expected = "{\"a\":{\"value\":{\"n\":1},\"version\":\"" + VERSION + "\"},\"b\":null}";

    // Then
    assertThat(get("/caches/latest?key=a&key=b").body()).isEqualTo(expected);
    HttpResponse<String> posted = post("[\"a\",\"b\"]");
    assertThat(posted.body()).isEqualTo(expected);
    assertThat(posted.headers().firstValue("Age")).isPresent();
    assertThat(get("/caches/latest").statusCode()).isEqualTo(400);
    assertThat(post("{}").statusCode()).isEqualTo(400);
    assertThat(post("[{}]").statusCode()).isEqualTo(400);
    assertThat(post("[").statusCode()).isEqualTo(400);
    assertThat(post(Collections.nCopies(1_000, "1").toString()).statusCode()).isEqualTo(200);
    assertThat(post(Collections.nCopies(1_001, "1").toString()).body()).contains("1001 keys");
  }

  @Test
  void shouldSendPoisonAwayAndGoOn() throws Exception {
    // When
    playground.sendLatest("a", "{\"n\":1}");
    ProducerRecord<byte[], byte[]> poison = playground.record(null, "a", "{\"n\":");
    playground.send(poison);
    playground.sendLatest("b", "{\"n\":3}");
    playground.flush();

    // Then
    await().until(() -> get("/caches/latest/b").statusCode() == 200);
    await().until(() -> projector.status().projections().get(0).deadLetters() == 1);
    assertThat(get("/caches/latest/a").body()).isEqualTo("{\"n\":1}");
    assertThat(get("/metrics").body())
        .contains(
            "puck_consumer_cache_entries{kind=\"cache\",projection=\"latest\"} 2.0",
            "puck_consumer_cache_tombstones{kind=\"cache\",projection=\"latest\"} 0.0",
            "puck_consumer_cache_stale_writes_total{kind=\"cache\",projection=\"latest\"} 0.0",
            "puck_consumer_cache_hits_total{kind=\"cache\",projection=\"latest\"}",
            "puck_consumer_cache_misses_total{kind=\"cache\",projection=\"latest\"}");
  }

  @Test
  void shouldBeCompleteAgainAfterARestart() throws Exception {
    // Given
    playground.sendLatest(20_000);
    awaitExact();
    projector.close();
    playground.sendLatest(5_000);

    // When
    projector = playground.startMemoryCache();
    Playground.awaitReady(projector);

    // Then
    assertThat(values()).isEqualTo(playground.latest());
    playground.sendLatest(1_000);
    awaitExact();
  }

  private void awaitExact() {
    await()
        .atMost(Playground.PATIENCE)
        .untilAsserted(() -> assertThat(values()).isEqualTo(playground.latest()));
  }

  private Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    projector
        .cache("latest")
        .getAll(playground.latestKeys())
        .forEach((key, entry) -> values.put(key, text(entry)));
    return values;
  }

  private static String text(CacheEntry entry) {
    return new String(entry.value(), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> get(String path, String... ifNoneMatch) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(projector.url() + path));
    for (String known : ifNoneMatch) {
      request.header("If-None-Match", known);
    }
    return send(request);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(projector.url() + "/caches/latest"))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
