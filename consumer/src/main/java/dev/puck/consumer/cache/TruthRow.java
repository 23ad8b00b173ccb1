package dev.puck.consumer.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.puck.consumer.json.JsonSlice;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.StalledException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the truth says of a key. Whoever holds it must not change the array.
 *
 * @param value JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // A value's bytes, which nobody compares.
public record TruthRow(String key, byte[] value) {
  /**
   * The row of that JSON object; numbers keep their digits.
   *
   * @throws StalledException if it has no key or no value
   */
  public static TruthRow parse(String row) {
    Members members = new Members();
    try {
      JsonSlice.whole(row.getBytes(StandardCharsets.UTF_8)).read(members);
    } catch (PoisonEventException e) {
      throw new StalledException("The truth gave what is no JSON: " + row, e);
    }
    if (members.key == null || members.value == null) {
      throw new StalledException(
          "The truth gave a row without key or value: "
              + row
              + ". Its columns must be key, a text or a number, and value.",
          new IllegalStateException());
    }
    return new TruthRow(members.key, members.value);
  }

  private static final class Members implements JsonSlice.Members {
    private @Nullable String key;
    private byte @Nullable [] value;

    @Override
    public void member(String name, JsonParser parser, JsonSlice slice) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      if (name.equals("key") && parser.currentToken().isScalarValue()) {
        key = parser.getText();
      } else if (name.equals("value")) {
        value = slice.bytes();
      }
    }
  }
}
