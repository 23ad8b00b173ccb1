package dev.puck.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.cli.client.ConsumerClient;
import dev.puck.cli.tail.Printable;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dead letters of a running consumer's projections. For one thread. */
public final class ConsumerLetters {
  private static final int AT_ONCE = 100;
  private static final int MOST_CHARS = 60;

  private final ConsumerClient client;
  private final PrintWriter out;

  public ConsumerLetters(ConsumerClient client, PrintWriter out) {
    this.client = client;
    this.out = out;
  }

  /**
   * Writes a line for each, oldest first; answers how many.
   *
   * @param projection null: of all
   */
  public int list(@Nullable String projection, int limit, boolean all, boolean json) {
    String query = "?limit=" + limit + "&all=" + all + parameter("projection", projection);
    JsonNode letters = client.get("/dead-letters" + query).path("deadLetters");
    for (int i = letters.size() - 1; i >= 0; i--) {
      out.println(json ? letters.get(i).toString() : line(letters.get(i)));
    }
    return letters.size();
  }

  /** Writes all of one. */
  public void show(String reference, boolean json) {
    JsonNode letter = client.get("/dead-letters/" + reference);
    if (json) {
      out.println(letter);
      return;
    }
    JsonNode error = letter.path("error");
    out.println("reference  " + letter.path("id").asText());
    out.println("projection " + letter.path("projection").asText());
    out.println("state      " + letter.path("state").asText());
    out.println("event      " + place(letter) + ", of " + letter.path("timestamp").asText());
    out.println("at         " + letter.path("at").asText() + ", by " + version(letter));
    out.println("reason     " + Printable.text(error.path("message").asText()));
    out.println("error      " + error.path("error").asText());
    if (error.hasNonNull("sqlState")) {
      out.println("SQLSTATE   " + error.path("sqlState").asText());
    }
    letter
        .path("bytes")
        .path("headers")
        .properties()
        .forEach(
            each ->
                out.println(
                    "header     "
                        + each.getKey()
                        + ": "
                        + Printable.text(each.getValue().asText())));
    out.println("key        " + Printable.text(letter.path("key").asText("(none)")));
    out.println("value      " + Printable.text(letter.path("value").asText("(tombstone)")));
  }

  /**
   * Replays one, and says so.
   *
   * @param key under which the event is applied; null: its own
   */
  public void replay(String reference, @Nullable String key) {
    String query = key == null ? "" : "?" + parameter("key", key).substring(1);
    print(client.post("/dead-letters/" + reference + "/replay" + query));
  }

  /** Replays all of a projection that are dead now; whether none failed again. */
  public boolean replayAll(String projection) {
    String path =
        "/dead-letters/replay?limit="
            + AT_ONCE
            + parameter("projection", projection)
            + parameter("before", Instant.now().toString());
    boolean well = true;
    JsonNode replays = client.post(path).path("replays");
    // What fails is set aside anew, and so later than those that are asked for.
    while (!replays.isEmpty()) {
      for (JsonNode each : replays) {
        print(each);
        well &= !each.path("outcome").asText().equals("failed");
      }
      out.flush();
      replays = client.post(path).path("replays");
    }
    return well;
  }

  private void print(JsonNode replay) {
    String reference = replay.path("id").asText();
    String projection = replay.path("projection").asText();
    out.println(
        switch (replay.path("outcome").asText()) {
          case "applied" -> "Replayed " + reference + " to " + projection + ".";
          case "stale" -> reference + " changed nothing: " + projection + " has a newer value.";
          case "covered" ->
              reference
                  + " changed nothing: "
                  + projection
                  + " was built from a truth that has it.";
          case "failed" ->
              reference + " failed again: " + Printable.text(replay.path("error").asText());
          default -> reference + ": " + replay.path("outcome").asText() + ".";
        });
  }

  private static String line(JsonNode letter) {
    String state = letter.path("state").asText();
    return String.join(
        "  ",
        List.of(
            letter.path("id").asText(),
            letter.path("at").asText(),
            letter.path("projection").asText() + (state.equals("dead") ? "" : " (" + state + ")"),
            Printable.text(letter.path("error").path("message").asText()),
            shortened(letter.path("value").asText("(tombstone)"))));
  }

  private static String shortened(String value) {
    String text = Printable.text(value);
    return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
  }

  private static String place(JsonNode letter) {
    return letter.path("topic").asText()
        + "/"
        + letter.path("partition").asInt()
        + "@"
        + letter.path("offset").asLong();
  }

  private static String version(JsonNode letter) {
    return "Puck " + letter.path("version").asText();
  }

  private static String parameter(String name, @Nullable String value) {
    return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
