package dev.puck.service.http.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline's other processes say of themselves. Asked by one thread; waits for none of
 * them.
 */
final class Peers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Follows no redirection: the token is for those that the operator named. */
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final List<Asked> all;

  /**
   * Those at these addresses.
   *
   * @param token what they are asked with
   */
  Peers(List<String> urls, @Nullable Secret token) {
    this.all = urls.stream().map(url -> new Asked(url, request(url, token))).toList();
  }

  /** What each said last; asks those anew that have answered since. */
  List<Peer> ask() {
    all.forEach(this::ask);
    return all.stream().map(each -> each.latest).toList();
  }

  private void ask(Asked peer) {
    if (peer.answer.isDone()) {
      String url = peer.latest.url();
      peer.answer =
          client
              .sendAsync(peer.request, BodyHandlers.ofString())
              .thenApply(response -> read(url, response))
              .exceptionally(failure -> new Peer(url, null, reason(failure)))
              .thenAccept(latest -> peer.latest = latest);
    }
  }

  private static HttpRequest request(String url, @Nullable Secret token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/status")).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
    return request.build();
  }

  private static Peer read(String url, HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      return new Peer(url, null, "HTTP " + response.statusCode());
    }
    try {
      return new Peer(url, MAPPER.readTree(response.body()), null);
    } catch (JsonProcessingException e) {
      return new Peer(url, null, "not a status");
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getMessage() == null ? "does not answer" : cause.getMessage();
  }

  /** One of them, with what it said. */
  private static final class Asked {
    final HttpRequest request;
    CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    volatile Peer latest;

    Asked(String url, HttpRequest request) {
      this.request = request;
      this.latest = new Peer(url, null, null);
    }
  }
}
