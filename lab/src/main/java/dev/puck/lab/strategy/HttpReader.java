package dev.puck.lab.strategy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.tweet.MessageCounters.Counters;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a consumer's memory, by a client that answers in the thread that asks, as drivers of
 * databases do: on two cores, handing requests from thread to thread costs more than they do.
 */
final class HttpReader implements Reader {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(10).toMillis());

  private final String counters;

  HttpReader(String url) {
    this.counters = url + "/caches/counters/";
  }

  @Override
  public Counters read(long messageid) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(counters + messageid).toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    int status = connection.getResponseCode();
    // Read to its end, so that the next read has the same connection.
    byte[] body = body(connection, status);
    return switch (status) {
      case HttpURLConnection.HTTP_OK -> JSON.readValue(body, Counters.class);
      case HttpURLConnection.HTTP_NOT_FOUND -> new Counters(messageid, 0, 0);
      default ->
          throw new IOException(counters + messageid + " answered " + status + ": " + text(body));
    };
  }

  @Override
  public void close() {}

  private static byte[] body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
