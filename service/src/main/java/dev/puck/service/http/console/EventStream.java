package dev.puck.service.http.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes samples to one watcher as server-sent events, in the thread that calls. */
final class EventStream {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final OutputStream out;

  EventStream(OutputStream out) {
    this.out = out;
  }

  /** What was, and then what is, until the process ends or the watcher goes; then closes it. */
  void run(Sampler sampler) throws InterruptedException {
    try (out) {
      send("history", sampler.history());
      Optional<Sample> sample = sampler.after(Long.MIN_VALUE);
      while (sample.isPresent()) {
        send("status", sample.get());
        sample = sampler.after(sample.get().at());
      }
    } catch (IOException e) {
      // The watcher is gone: that is how a stream ends.
      return;
    }
  }

  private void send(String event, Object data) throws IOException {
    String text = "event: " + event + "\ndata: " + json(data) + "\n\n";
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** JSON has no line breaks of its own, so it is one line of an event. */
  private static String json(Object data) {
    try {
      return MAPPER.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A status does not become JSON", e);
    }
  }
}
