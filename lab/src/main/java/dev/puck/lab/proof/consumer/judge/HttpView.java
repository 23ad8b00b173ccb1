package dev.puck.lab.proof.consumer.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Caches as a process answers for them. Thread-safe. */
public final class HttpView {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_KEYS = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  /**
   * What it answers for those keys; null while it does not, or says that it cannot (503).
   *
   * @param url of the process; null if it is not known
   * @throws IllegalStateException if it answers anything else
   */
  @Nullable Map<String, Seen> read(@Nullable String url, String cache, Collection<String> keys)
      throws InterruptedException {
    List<String> all = new ArrayList<>(keys);
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (int begin = 0; begin < all.size(); begin += MOST_KEYS) {
      List<String> some = all.subList(begin, Math.min(all.size(), begin + MOST_KEYS));
      if (url == null || !readSome(URI.create(url + "/caches/" + cache), some, seen)) {
        return null;
      }
    }
    return seen;
  }

  private boolean readSome(URI uri, List<String> keys, Map<String, Seen> seen)
      throws InterruptedException {
    try {
      HttpRequest question =
          HttpRequest.newBuilder(uri)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(keys)))
              .build();
      HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 503) {
        return false;
      }
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            uri + " answers " + answer.statusCode() + ": " + answer.body());
      }
      JsonNode entries = JSON.readTree(answer.body());
      keys.forEach(key -> seen.put(key, seen(entries.path(key))));
      return true;
    } catch (IOException e) {
      return false; // killed, or frozen
    }
  }

  private static Seen seen(JsonNode entry) {
    if (!entry.isObject()) {
      return Seen.NOTHING;
    }
    JsonNode version = entry.path("version");
    return new Seen(version.isTextual() ? version.asText() : null, entry.path("value").toString());
  }
}
