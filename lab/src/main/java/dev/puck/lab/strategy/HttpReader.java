package dev.puck.lab.strategy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.tweet.MessageCounters.Counters;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Reads a consumer's memory. */
final class HttpReader implements Reader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String counters;

  HttpReader(String url) {
    this.counters = url + "/caches/counters/";
  }

  @Override
  public Counters read(long messageid) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = ConsumerHttp.get(counters + messageid);
    return switch (answer.statusCode()) {
      case 200 -> JSON.readValue(answer.body(), Counters.class);
      case 404 -> new Counters(messageid, 0, 0);
      default -> throw new IOException(counters + messageid + " answered " + answer.statusCode());
    };
  }

  @Override
  public void close() {}
}
