package dev.puck.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Secret;
import dev.puck.service.http.HttpConfig;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The HTTP of a running consumer. Thread-safe. */
public final class ConsumerClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI url;
  private final @Nullable Secret token;

  private ConsumerClient(URI url, @Nullable Secret token) {
    this.url = url;
    this.token = token;
  }

  /**
   * A client of the consumer with that configuration.
   *
   * @param url where it answers, such as {@code http://127.0.0.1:8081}; null: as the configuration
   *     says
   * @throws ConfigException if neither tells
   */
  public static ConsumerClient of(HttpConfig config, @Nullable URI url) {
    if (url != null) {
      return new ConsumerClient(url, config.token());
    }
    if (config.port() == 0) {
      throw new ConfigException(
          "consumer.http.port is 0, any free one; give the address that the consumer logged at its"
              + " start with --url.");
    }
    String address =
        config.address().contains(":") ? "[" + config.address() + "]" : config.address();
    return new ConsumerClient(
        URI.create("http://" + address + ":" + config.port()), config.token());
  }

  /** A client of the consumer that answers there, and asks for no token. */
  public static ConsumerClient of(URI url) {
    return new ConsumerClient(url, null);
  }

  /**
   * The answer to a GET.
   *
   * @throws ConfigException if the consumer refuses; the message is its own
   * @throws TransientException if it does not answer, or could not do it now
   */
  public JsonNode get(String path) {
    return send(path, HttpRequest.newBuilder().GET());
  }

  /** The same for a POST without a body. */
  public JsonNode post(String path) {
    return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** What it cannot do now may work later; what it does not understand will not. */
  private static RuntimeException refused(int status, String message) {
    return status == 422 || status >= 500
        ? new TransientException(message)
        : new ConfigException(message);
  }

  private JsonNode send(String path, HttpRequest.Builder request) {
    request.uri(url.resolve(path)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() >= 400) {
        throw refused(
            response.statusCode(),
            "The consumer at " + url + " says: " + answer.path("error").asText() + ".");
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new ConfigException("What answers at " + url + " is no consumer of Puck's.", e);
    } catch (IOException e) {
      throw new TransientException(
          "No consumer answers at " + url + " (" + e + "). Is it running? --url names another.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("Interrupted while asking " + url, e);
    }
  }
}
