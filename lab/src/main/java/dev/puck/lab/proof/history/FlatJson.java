package dev.puck.lab.proof.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows from JSON: every value by its own text, so that a number keeps all its digits. */
public final class FlatJson {
  private static final JsonFactory JSON = new JsonFactory();

  private FlatJson() {}

  /**
   * The object's values.
   *
   * @throws IllegalArgumentException if it is no object without objects in it
   */
  public static Map<String, @Nullable String> parse(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("Not JSON: " + json, e);
    }
  }

  /** The object that the parser stands at, which it is read past. */
  public static Map<String, @Nullable String> read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("Not an object at " + parser.currentLocation());
    }
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == null || value.isStructStart()) {
        throw new IOException("Not a flat object at " + name);
      }
      values.put(name, value == JsonToken.VALUE_NULL ? null : parser.getText());
    }
    return values;
  }
}
