package dev.puck.cli.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.deadletter.StoredDeadLetter;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.cli.tail.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes dead letters as lines for people, or as JSON objects. For one thread. */
public final class LetterPrinter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MOST_CHARS = 60;

  private final PrintWriter out;
  private final boolean json;

  public LetterPrinter(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** One line of a list. */
  public void line(StoredDeadLetter letter) {
    if (json) {
      out.println(asJson(letter));
      return;
    }
    String value = letter.value() == null ? "(tombstone)" : Printable.text(text(letter.value()));
    out.println(
        letter.reference()
            + "  "
            + letter.at()
            + (letter.projection() == null ? "" : "  " + letter.projection())
            + (letter.replayed() ? "  (replayed)" : "")
            + "  "
            + Printable.text(letter.reason())
            + "  "
            + (value.length() > MOST_CHARS ? value.substring(0, MOST_CHARS) + "…" : value));
  }

  /** All of one. */
  public void whole(StoredDeadLetter letter) {
    if (json) {
      out.println(asJson(letter));
      return;
    }
    out.println("reference  " + letter.reference());
    out.println("topic      " + letter.topic());
    out.println("at         " + letter.at() + (letter.replayed() ? ", replayed since" : ""));
    out.println("reason     " + Printable.text(letter.reason()));
    if (letter.projection() != null) {
      out.println("projection " + letter.projection());
    }
    for (EventHeader header : letter.headers()) {
      out.println("header     " + header.name() + ": " + Printable.text(header.text()));
    }
    out.println(
        "key        " + (letter.key() == null ? "(none)" : Printable.text(text(letter.key()))));
    out.println(
        "value      "
            + (letter.value() == null ? "(tombstone)" : Printable.text(text(letter.value()))));
  }

  private static String asJson(StoredDeadLetter letter) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("reference", letter.reference());
    object.put("topic", letter.topic());
    object.put("reason", letter.reason());
    object.put("at", letter.at().toString());
    object.put("replayed", letter.replayed());
    object.put("projection", letter.projection());
    object.put("key", letter.key() == null ? null : text(letter.key()));
    object.put("value", letter.value() == null ? null : text(letter.value()));
    Map<String, String> headers = new LinkedHashMap<>();
    letter.headers().forEach(header -> headers.put(header.name(), header.text()));
    object.put("headers", headers);
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts cannot fail to become JSON", e);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
