package dev.puck.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the caches and reducers of a consumer over its HTTP. Thread-safe; methods block. */
public final class CacheClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http;
  private final String url;
  private final @Nullable String bearer;

  private CacheClient(HttpClient http, String url, @Nullable String bearer) {
    this.http = http;
    this.url = url;
    this.bearer = bearer;
  }

  /**
   * A client of the consumer that answers there.
   *
   * @param url such as {@code http://127.0.0.1:8081}
   */
  public static CacheClient of(URI url) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return new CacheClient(http, url.toString().replaceFirst("/+$", ""), null);
  }

  /** The same with the token of the consumer's {@code http.token}. */
  public CacheClient withBearer(String token) {
    return new CacheClient(http, url, token);
  }

  /**
   * What the cache shows now.
   *
   * @throws IOException if no consumer answers within five seconds, or what answers is none
   * @throws IllegalArgumentException if the consumer refuses; the message is its own
   */
  public CacheRead get(String cache, String key) throws IOException, InterruptedException {
    return read(key, request(cache, key, PATIENCE));
  }

  /**
   * What the cache shows once it shows what the token stands for.
   *
   * @param token as {@link FreshnessToken#take} gave it
   * @param wait how long that may take: at most 30 s
   * @throws IOException if no consumer answers five seconds after that, or what answers is none
   * @throws IllegalArgumentException if the consumer refuses; the message is its own
   */
  public CacheRead get(String cache, String key, String token, Duration wait)
      throws IOException, InterruptedException {
    return read(
        key,
        request(cache, key, PATIENCE.plus(wait))
            .header("Puck-After", token)
            .header("Puck-Wait", wait.toMillis() + "ms"));
  }

  /** As a parameter a key may have any characters; in a path servers take some of them amiss. */
  private HttpRequest.Builder request(String cache, String key, Duration timeout) {
    URI uri = URI.create(url + "/caches/" + encoded(cache) + "?key=" + encoded(key));
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
  }

  private CacheRead read(String key, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return switch (answer.statusCode()) {
      case 200 -> found(key, JSON.readTree(answer.body()).path(key), answer);
      case 404 -> new CacheRead.Missing(error(answer));
      case 503 -> new CacheRead.Warming(error(answer));
      case 504 -> new CacheRead.Stale(error(answer));
      case 400, 401, 403 -> throw new IllegalArgumentException(error(answer));
      default ->
          throw new IOException(
              answer.uri() + " answered " + answer.statusCode() + ": " + error(answer));
    };
  }

  private static CacheRead found(String key, JsonNode entry, HttpResponse<byte[]> answer) {
    return entry.has("value")
        ? new CacheRead.Found(entry.path("value"), entry.path("version").textValue(), age(answer))
        : new CacheRead.Missing("no value for the key '" + key + "'");
  }

  private static Duration age(HttpResponse<byte[]> answer) {
    return Duration.ofSeconds(answer.headers().firstValueAsLong("Age").orElse(0));
  }

  private static String error(HttpResponse<byte[]> answer) throws IOException {
    return JSON.readTree(answer.body()).path("error").asText();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
