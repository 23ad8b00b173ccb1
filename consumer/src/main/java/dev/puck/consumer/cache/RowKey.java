package dev.puck.consumer.cache;

import com.fasterxml.jackson.core.JsonParser;
import dev.puck.consumer.json.JsonSlice;
import dev.puck.consumer.projection.PoisonEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The key of a row, from its record's key: an object of the primary key's columns. */
final class RowKey implements JsonSlice.Members {
  private int columns;
  private String text = "";
  private boolean hasSchema;
  private @Nullable JsonSlice payload;

  private RowKey() {}

  /**
   * The value of the only column, as text; of several columns the object as it came.
   *
   * @throws PoisonEventException if it is no object of columns
   */
  static String text(byte[] key) {
    return text(JsonSlice.whole(key));
  }

  /** The key of {@code {"id":7}} where someone asks for it spelled so; else what it is. */
  static String lookup(String asked) {
    if (!asked.startsWith("{")) {
      return asked;
    }
    try {
      return text(asked.getBytes(StandardCharsets.UTF_8));
    } catch (PoisonEventException e) {
      return asked;
    }
  }

  private static String text(JsonSlice object) {
    RowKey key = new RowKey();
    object.read(key);
    if (key.hasSchema && key.payload != null && key.columns == 2) {
      return text(key.payload);
    }
    if (key.columns == 0) {
      throw new PoisonEventException("the key has no columns");
    }
    return key.columns == 1 ? key.text : string(object);
  }

  @Override
  public void member(String name, JsonParser parser, JsonSlice value) throws IOException {
    columns++;
    hasSchema |= name.equals("schema");
    if (name.equals("payload")) {
      payload = value;
    }
    if (columns == 1) {
      text = parser.currentToken().isScalarValue() ? parser.getText() : string(value);
    }
  }

  private static String string(JsonSlice slice) {
    return new String(slice.text(), slice.begin(), slice.length(), StandardCharsets.UTF_8);
  }
}
